import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Ended, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const playbooks = join(import.meta.dirname, "../../../playbooks");
const password = "canary-6f1d0c0e7a";

/** The whole stack, from the playbook that we ship, on a blank host: what `npm run demo` shows, and what it leaves out. */
export function testWebStack(suite: "trixie" | "bookworm" | "sid", database: "mariadb" | "mysql"): void {
  describe(`${database} on ${suite}`, () => {
    let stack: WebStack;
    beforeAll(async () => {
      stack = await WebStack.boot(suite, database);
    }, 120_000);
    afterAll(() => stack?.[Symbol.asyncDispose]());

    test("a blank host: the plan is what apply does, and then all four answer", { timeout: 300_000 }, async () => {
      const { web } = stack;
      expect((await web.shell("command -v python3", { check: false })).stdout).toBe("");
      const planned = await stack.run("plan", "simple-web-stack");
      expect(planned.status, planned.output).toBe(0);
      const applied = await stack.run("apply", "simple-web-stack");
      expect(applied.status, applied.output).toBe(0);
      expect(applied.changes).toEqual(planned.changes);
      expect(planned.changes.length).toBeGreaterThan(20);
      const resolver = new Resolver();
      resolver.setServers([web.address]);
      expect(await resolver.resolve4("www.foobar.com")).toEqual([web.address]);
      expect(await stack.page()).toMatch(/^200 [\s\S]*Welcome to Foobar Harbour/);
    });

    test("a second run changes nothing, and everybody goes on running", { timeout: 120_000 }, async () => {
      const before = await stack.processes();
      expect(before.match(/nginx|mariadbd|mysqld|named|gunicorn/g)?.length).toBeGreaterThanOrEqual(4);
      const { status, output, changes } = await stack.run("apply", "simple-web-stack");
      expect(status, output).toBe(0);
      expect(changes).toEqual([]);
      expect(await stack.processes()).toBe(before);
    });

    test("the password is in no output, on no command line, in no unit, and in files of its own only", async () => {
      const { web } = stack;
      const { output } = await stack.run("plan", "zero-downtime-deploy");
      expect(output).not.toContain(password);
      await web.writeFile("/root/canary", `${password}\n`);
      const { stdout } = await web.shell(
        `cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -cFf /root/canary || :
     find / -xdev -type f -size -64k -newer /etc/hostname -not -path '/proc/*' -not -path /root/canary \\
       -exec grep -lFf /root/canary {} + 2>/dev/null | xargs -r stat -c '%a %U %n' || :`,
      );
      const [onCommandLines, ...files] = stdout.trim().split("\n");
      expect(onCommandLines).toBe("0");
      for (const file of files) expect(file).toMatch(/^[46]00 (root|foobar) \/srv\/foobar\//);
    });
  });
}

/** One host, and the command as users run it. */
class WebStack implements AsyncDisposable {
  readonly web: Host;
  readonly #lab: Lab;
  readonly #database: string;

  private constructor(lab: Lab, web: Host, database: string) {
    [this.#lab, this.web, this.#database] = [lab, web, database];
  }

  static async boot(suite: "trixie" | "bookworm" | "sid", database: string): Promise<WebStack> {
    const lab = await createLab();
    const web = await lab.addHost({ name: "web", suite });
    await web.shell("systemctl is-system-running --wait", { check: false });
    return new WebStack(lab, web, database);
  }

  run(command: "plan" | "apply", playbook: string): Promise<Ended> {
    const variables = { address: this.web.address, database_password: password, database: this.#database };
    return evenkeel([
      ...[command, join(playbooks, playbook, "site.yml"), "-i", this.#lab.inventoryFile, "--json"],
      ...Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
      ...(command === "apply" ? ["--yes"] : []),
    ]);
  }

  async page(): Promise<string> {
    const asked = request({ host: this.web.address, headers: { host: "www.foobar.com" } }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return `${answer.statusCode} ${await text(answer)}`;
  }

  /** What runs, so that a restart or a reload shows. */
  async processes(): Promise<string> {
    return (await this.web.shell("pgrep -a 'nginx|mariadbd|mysqld|named|gunicorn' | sort")).stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab.down();
  }
}
