import { hostLaws } from "@evenkeel/conformance";
import { kinds } from "@evenkeel/kinds";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import type { Connection } from "@evenkeel/transport";
import { connect } from "@evenkeel/transport";
import { Value } from "typebox/value";
import { afterAll, beforeAll, test } from "vitest";
import { executors } from "../src/modules.ts";
import { site } from "../src/site.ts";

/** The laws that every module keeps, on a host that is blank each time. */
let lab: Lab;
let host: Host;
let connection: Connection;

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "web" });
  await host.run(["systemctl", "is-system-running", "--wait"], { check: false });
  connection = connect({
    ...{ name: "web", address: host.address, port: 22, user: "root", sshConfig: "none", agent: "none" },
    ...{ identityFiles: [lab.identityFile], knownHostsFiles: [lab.knownHostsFile] },
  });
});
afterAll(async () => {
  await connection.close();
  await lab.down();
});

const shell = async (script: string) => (await host.shell(script)).stdout;

const underTest = () => ({
  port: connection,
  kinds,
  executors,
  fingerprint: () =>
    shell(
      "cd /; find etc/nginx etc/systemd/system/nginx.service.d \\( -type f -exec sha256sum {} + \\) -o -printf '%p %m %l\\n' 2>/dev/null | sort; dpkg -l | grep -c ^ii; systemctl is-active nginx; :",
    ),
  reset: async () => {
    await shell(
      "export DEBIAN_FRONTEND=noninteractive; apt-get purge -y -q --auto-remove nginx nginx-common >/dev/null 2>&1; rm -rf /etc/nginx /etc/systemd/system/nginx.service.d /var/lib/evenkeel/nginx /var/lib/evenkeel/withheld; systemctl daemon-reload",
    );
  },
});

const shop = { name: "shop", server_names: ["shop.example"], status: 200 };
const examples = [{ name: "a site", params: Value.Default(site.params, shop) as Record<string, unknown> }];
for (const { name, check } of hostLaws(site, examples, underTest)) test(name, { timeout: 600_000 }, check);
