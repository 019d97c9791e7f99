import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { Evenkeel } from "./evenkeel.ts";

/** The two servers, as two Debians have them. */
export const servers = [
  { suite: "trixie", flavour: "mariadb", file: "/etc/mysql/mariadb.conf.d/zz-evenkeel.cnf" },
  { suite: "sid", flavour: "mysql", file: "/etc/mysql/mysql.conf.d/zz-evenkeel.cnf" },
] as const;

type Server = (typeof servers)[number];

/** Words that no shell, no SQL and no file of options may stumble over. */
export const password = `canary-it's "\\ \`;-- wörd`;

/** What a server in these tests always has: little memory, and a door for whoever asks it from here. */
const everSettings = { bind_address: "0.0.0.0", innodb_buffer_pool_size: "64M" };

/** A host with a database server that `mysql.server` has installed, and the command as users run it. */
export class DatabaseHost implements AsyncDisposable {
  readonly lab: Lab;
  readonly host: Host;
  readonly server: Server;
  readonly evenkeel: Evenkeel;

  private constructor(lab: Lab, host: Host, server: Server) {
    [this.lab, this.host, this.server] = [lab, host, server];
    this.evenkeel = new Evenkeel(lab.inventoryFile);
  }

  static async boot(server: Server): Promise<DatabaseHost> {
    const lab = await createLab();
    const host = await lab.addHost({ name: "db", suite: server.suite, publish: [3306] });
    await host.run(["systemctl", "is-system-running", "--wait"], { check: false });
    const on = new DatabaseHost(lab, host, server);
    await on.apply([
      on.settings({}),
      { "mysql.database": { name: "shop" } },
      { "mysql.user": { name: "app", host: "%", password } },
      { "mysql.grants": { name: "app", host: "%", grants: { "shop.*": ["ALL"] } } },
    ]);
    await on.sql(
      "CREATE TABLE shop.orders (id INT PRIMARY KEY, words VARCHAR(60)); INSERT INTO shop.orders VALUES (1, 'first')",
    );
    return on;
  }

  /** The task of `mysql.server` with these settings beside those that are always there. */
  settings(settings: object, more: object = {}): object {
    const { flavour } = this.server;
    return { "mysql.server": { flavour, settings: { ...everSettings, ...settings }, ...more } };
  }

  /** One run that must end well. */
  async apply(tasks: readonly object[]) {
    const done = await this.evenkeel.run("apply", "db", tasks);
    if (done.status !== 0) throw new Error(done.output);
    return done;
  }

  /** What root's own client prints. */
  async sql(text: string): Promise<string> {
    const client = this.server.flavour === "mariadb" ? "mariadb" : "mysql";
    const { stdout } = await this.host.run([client, "--default-character-set=utf8mb4", "-BN"], { stdin: text });
    return stdout.trim();
  }

  /** Which process serves, and since when. */
  async process(): Promise<string> {
    return (
      await this.host.shell("p=$(pidof mariadbd mysqld) && echo $p $(cut -d' ' -f22 /proc/$p/stat)")
    ).stdout.trim();
  }

  migration(name: string, text: string): void {
    this.evenkeel.write(join("migrations", name), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.evenkeel[Symbol.dispose]();
    await this.lab.down();
  }
}
