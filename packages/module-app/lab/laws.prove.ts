import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostLaws } from "@evenkeel/conformance";
import { kinds as hostKinds } from "@evenkeel/kinds";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import type { Connection } from "@evenkeel/transport";
import { connect } from "@evenkeel/transport";
import { afterAll, beforeAll, test } from "vitest";
import { deploy, executors, kinds } from "../src/index.ts";
import { traces } from "./testing.ts";

/** The laws that only a host can prove: among them, a failure at each step of a deploy, and then again. */
let lab: Lab;
let web: Host;
let port: Connection;

beforeAll(async () => {
  lab = await createLab();
  web = await lab.addHost({ name: "web" });
  await web.shell("systemctl is-system-running --wait");
  port = connect({
    ...{ name: "web", address: web.address, user: "root", sshConfig: "none", agent: "none" },
    ...{ identityFiles: [lab.identityFile], knownHostsFiles: [lab.knownHostsFile] },
  });
}, 120_000);
afterAll(async () => {
  await port?.close();
  await lab?.down();
  rmSync(src, { recursive: true });
});

const params = {
  ...{ name: "tiny", exclude: [], version: "HEAD", command: "perl serve.pl", build: ["echo built > here"] },
  ...{
    shared: ["posts/"],
    environment: {},
    secrets: { TOKEN: "canary" },
    web_group: "www-data",
    writable: [],
    unit: {},
  },
  ...{ migrate: "echo migrated >> posts/log", migration_resumes: false, health: "/", release_header: "X-Release" },
  ...{ health_seconds: 20, health_checks: 1, drain_seconds: 5, stop_seconds: 5, keep: 2, assets: "pages" },
};

const reset = `for unit in /etc/systemd/system/tiny@*; do [ -e "$unit" ] && systemctl disable -q --now "\${unit##*/}"; done
rm -rf /srv/tiny /etc/systemd/system/tiny@* /run/evenkeel/apps/tiny*; systemctl daemon-reload; systemctl reset-failed; userdel tiny; groupdel tiny; :`;

const src = mkdtempSync(join(tmpdir(), "evenkeel-app-laws-"));
cpSync(join(import.meta.dirname, "tiny"), src, { recursive: true });
mkdirSync(join(src, "pages"));
writeFileSync(join(src, "pages/a.css"), "a {}");
const examples = [{ name: "a first deploy", params: { ...params, src } }];
const under = () => ({
  ...{ port, kinds: [...hostKinds, ...kinds], executors },
  fingerprint: () => traces(web, "tiny"),
  reset: async () => {
    await web.shell(reset, { check: false });
  },
});

for (const { name, check } of hostLaws(deploy, examples, under)) test(name, async () => check());
