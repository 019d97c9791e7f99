import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { text as readAll } from "node:stream/consumers";
import { describeReport, startProbe } from "@evenkeel/lab";
import type { DemoHost } from "./demo-host.ts";
import { demoHost, evenkeel } from "./demo-host.ts";
import { ChangedRelease } from "./demo-release.ts";

/** `npm run demo`: a blank host becomes www.foobar.com, and stays it. `npm run demo -- down` takes it away. */
const stack = "playbooks/simple-web-stack/site.yml";
const deploy = "playbooks/zero-downtime-deploy/site.yml";
const name = "www.foobar.com";

if (process.argv[2] === "down") evenkeel(["lab", "down", "demo"]);
else await show();

async function show(): Promise<void> {
  say("A blank host: Debian with systemd and sshd, and nothing else");
  const host = demoHost();
  const here = ["-i", host.inventory, "-e", `address=${host.address}`];
  say("What would change? Nothing is touched yet");
  evenkeel(["plan", stack, ...here]);
  say("Change it, and look whether it is so");
  evenkeel(["apply", stack, ...here, "--yes"]);
  say("Once more: nothing is left to do");
  evenkeel(["apply", stack, ...here, "--yes"]);
  await look(host);
  await deployUnderLoad(host, here);
  refuseABrokenRelease(here);
  await look(host);
  process.stdout.write(`
The demo host is up, and as the playbooks want it.

  look       curl -H 'Host: ${name}' http://${host.address}/
  ask        dig @${host.address} ${name}
  log in     npx evenkeel lab ssh demo/web
  the files  ${stack}, ${deploy}
  go back    npx evenkeel apply playbooks/rollback/site.yml -i ${host.inventory}
  take down  npm run demo -- down
`);
}

/** What the name server says, and what visitors get. */
async function look({ address }: DemoHost): Promise<void> {
  const resolver = new Resolver();
  resolver.setServers([address]);
  const [answer] = await resolver.resolve4(name);
  say(`${name} is ${answer}, says the host's own name server; and there visitors get`);
  const { status, release, text } = await page(answer ?? address);
  const words = text
    .replace(/<head>[\s\S]*<\/head>/, "")
    .replace(/<[^>]+>/g, "")
    .split(/\s*\n\s*/)
    .filter(Boolean);
  process.stdout.write(`${status}, release ${release}\n  ${words.slice(0, 4).join("\n  ")}\n`);
  if (status !== 200) process.exit(1);
}

async function page(host: string) {
  const asked = request({ host, headers: { host: name } }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.statusCode, release: answer.headers["x-release"], text: await readAll(answer) };
}

async function deployUnderLoad({ address }: DemoHost, here: readonly string[]): Promise<void> {
  say("A new release, while 100 requests a second come in");
  using release = new ChangedRelease().withAnotherHeading(`Foobar Harbour, ${new Date().toISOString()}`);
  const probe = await startProbe({
    target: { host: address, port: 80, serverName: name },
    rate: 100,
    classes: ["new-connection", "keep-alive-get"],
  });
  evenkeel(["apply", deploy, ...here, "-e", `source=${release.folder}`, "--yes"]);
  const report = await probe.stop();
  process.stdout.write(`\n${describeReport(report)}\n`);
  const lost = report.sent - report.ok;
  say(`${report.sent} requests were sent meanwhile, and ${lost} lost`);
  if (lost > 0) process.exit(1);
}

function refuseABrokenRelease(here: readonly string[]): void {
  say("A release that does not start: refused, and the one before goes on serving");
  using release = new ChangedRelease().thatDoesNotStart();
  evenkeel(["apply", deploy, ...here, "-e", `source=${release.folder}`, "--yes"], 1);
}

function say(text: string): void {
  process.stdout.write(`\n── ${text}\n`);
}
