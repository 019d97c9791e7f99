import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workbench } from "./testing.ts";
import { tinyApp, traces, workbench } from "./testing.ts";

/** kill -9 of the controller at every point of a deploy, and the same again: the same end, and migrated once. */
let lab: Lab;
let bench: Workbench;
let first: string;
let blank: string;

const tiny = (release: string) => `
- name: tiny is deployed
  app.deploy:
    name: tiny
    src: app
    command: perl serve.pl
    build: [echo built > built-here]
    migrate: echo "$RELEASE" >> posts/migrated; sleep 1
    health: /
    health_checks: 1
    release_header: X-Release
    shared: [posts/]
    secrets: { TOKEN: canary-4711 }
    environment: { RELEASE: ${release} }
`;

beforeAll(async () => {
  lab = await createLab();
  const host = await lab.addHost({ name: "base" });
  await host.shell("systemctl is-system-running --wait");
  bench = workbench(lab);
  tinyApp(bench);
  blank = await host.snapshot("blank");
  const { status, output } = await bench.run("apply", tiny("one"), { limit: "base" });
  expect(status, output).toBe(0);
  first = await host.snapshot("first");
  await host.stop({ hard: true });
}, 300_000);
afterAll(async () => {
  await lab?.down();
  bench?.clear();
});

async function fresh(name: string, image: string): Promise<Host> {
  const host = await lab.addHost({ name, image });
  await host.shell("systemctl is-system-running --wait");
  return host;
}

/** What a deploy leaves; ids are the same on every host, since the source is. */
async function endOf(host: Host): Promise<string> {
  const migrated = await host.readFile("/srv/tiny/shared/posts/migrated");
  const record = await host.shell(
    "cat /srv/tiny/migrations/*; readlink /srv/tiny/current; ls /tmp | grep evenkeel || :",
  );
  return `${await traces(host, "tiny")}${migrated}${record.stdout}`;
}

test.each(["the first deploy", "a deploy beside another"])("%s", async (which) => {
  const [image, release] = which === "the first deploy" ? [blank, "one"] : [first, "two"];
  const calm = await fresh(`calm-${release}`, image);
  expect((await bench.run("apply", tiny(release), { limit: calm.name })).status).toBe(0);
  const end = await endOf(calm);
  await calm.stop({ hard: true });
  let points = 0;
  for (let at = 1; ; at++) {
    const host = await fresh(`${release}-${at}`, image);
    const environment = { EVENKEEL_FAULT_KILL_AT: String(at) };
    const killed = await bench.run("apply", tiny(release), { limit: host.name, environment });
    if (killed.signal !== "SIGKILL") {
      expect(killed.status, killed.output).toBe(0);
      await host.stop({ hard: true });
      break;
    }
    points++;
    const { status, output } = await bench.run("apply", tiny(release), { limit: host.name });
    expect(status, `killed at ${at}: ${output}`).toBe(0);
    expect(await endOf(host), `killed at ${at}`).toBe(end);
    expect((await bench.run("apply", tiny(release), { limit: host.name })).changes).toEqual([]);
    await host.stop({ hard: true });
  }
  console.log(`${which}: killed at ${points} points`);
  expect(points).toBeGreaterThan(10);
});
