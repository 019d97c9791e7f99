import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
  const { status, failures } = await bench.run("apply", tiny("one"), { limit: "base" });
  expect(status, failures).toBe(0);
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

/** As it is after a deploy that nobody disturbed. */
const undisturbed = new Map<string, string>();

async function calmEnd(image: string, release: string): Promise<string> {
  const known = undisturbed.get(release);
  if (known !== undefined) return known;
  const calm = await fresh(`calm-${release}`, image);
  const { status, failures } = await bench.run("apply", tiny(release), { limit: calm.name });
  expect(status, failures).toBe(0);
  const end = await endOf(calm);
  await calm.stop({ hard: true });
  undisturbed.set(release, end);
  return end;
}

/** All points, in three tests that can be run apart. */
const thirds = [1, 2, 3];

describe.each(["the first deploy", "a deploy beside another"])("%s", (which) => {
  test.each(thirds)("every third point, from %i", async (from) => {
    const [image, release] = which === "the first deploy" ? [blank, "one"] : [first, "two"];
    const end = await calmEnd(image, release);
    const points: number[] = [];
    for (let at = from; ; at += thirds.length) {
      const host = await fresh(`${release}-${at}`, image);
      const environment = { EVENKEEL_FAULT_KILL_AT: String(at) };
      const killed = await bench.run("apply", tiny(release), { limit: host.name, environment });
      const isOver = killed.signal !== "SIGKILL";
      const last = isOver ? killed : await bench.run("apply", tiny(release), { limit: host.name });
      expect(last.status, `killed at ${at}: ${last.failures}`).toBe(0);
      expect(await endOf(host), `killed at ${at}`).toBe(end);
      expect((await bench.run("apply", tiny(release), { limit: host.name })).changes).toEqual([]);
      await host.stop({ hard: true });
      if (isOver) break;
      points.push(at);
    }
    console.log(`${which}: killed at ${points.join(", ")}`);
    expect(points.length).toBeGreaterThan(5);
  });
});
