import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "@evenkeel/lab";

/** One way to run the application, as a unit of systemd would. */
export interface Variant {
  readonly name: "python" | "node";
  readonly folder: string;
  readonly start: string;
  readonly migrate: string;
}

export const variants: readonly Variant[] = [
  {
    name: "python",
    folder: "/srv/python",
    start: "/usr/bin/gunicorn foobar.wsgi",
    migrate: "/usr/bin/python3 -m foobar.migrate",
  },
  { name: "node", folder: "/srv/node", start: "/usr/bin/node server.js", migrate: "/usr/bin/node migrate.js" },
];

/** A Debian, and the database that it brings: its server's package and unit, and its client, go by one name. */
export interface System {
  readonly suite: "trixie" | "bookworm" | "sid";
  readonly database: "mariadb" | "mysql";
}

/** All where the long suites run; else the one that most have. */
export const systems: readonly System[] = [
  { suite: "trixie", database: "mariadb" },
  ...(process.env.EVENKEEL_PROVE
    ? ([
        { suite: "bookworm", database: "mariadb" },
        { suite: "sid", database: "mysql" },
      ] as const)
    : []),
];

/** Puts both on a host, with a database and what they need, all from Debian but for mysql2. */
export async function install(host: Host, { database }: System): Promise<void> {
  const packages = `${database}-server gunicorn python3-pymysql nodejs curl`;
  await host.shell(`apt-get update -q && apt-get install -y -q --no-install-recommends ${packages}`);
  await host.shell(
    `${database} -e "CREATE DATABASE foobar CHARACTER SET utf8mb4; CREATE USER foobar@localhost IDENTIFIED BY 'hunter2'; GRANT ALL ON foobar.* TO foobar@localhost"`,
  );
  await host.shell(
    "useradd --system foobar && printf 'hunter2\\n' > /etc/foobar.password && chmod 600 /etc/foobar.password",
  );
  const copy = mkdtempSync(join(tmpdir(), "foobar-app-"));
  try {
    cpSync(fileURLToPath(new URL("..", import.meta.url)), copy, {
      recursive: true,
      filter: (path) => !/\/(node_modules|__pycache__|lab|\.reports|\.turbo)$/.test(path),
    });
    // As a deploy does it, from the lock file alone.
    execFileSync("npm", ["ci", "--omit=dev", "--no-audit", "--no-fund"], { cwd: join(copy, "node"), stdio: "pipe" });
    await unpack(host, join(copy, "node"), "/srv/node");
    rmSync(join(copy, "node"), { recursive: true });
    await unpack(host, copy, "/srv/python");
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function unpack(host: Host, from: string, to: string): Promise<void> {
  const archive = execFileSync("tar", ["-C", from, "-c", "."], { maxBuffer: 1 << 28 });
  await host.shell(`mkdir -p ${to} && tar -C ${to} --no-same-owner -x && chmod 755 ${to}`, { stdin: archive });
}

/** What the unit of a variant says. */
export interface UnitOptions {
  readonly listen?: string;
  readonly release?: string;
  readonly patience?: number;
}

/** Writes a service, hardened as a deploy would make it, and a socket that may stand before it. */
export async function writeUnit(host: Host, variant: Variant, options: UnitOptions = {}): Promise<void> {
  const { listen = "0.0.0.0:8000", release = "r1", patience = 3 } = options;
  const settings = {
    LISTEN: listen,
    RELEASE: release,
    DATABASE_SOCKET: "/run/mysqld/mysqld.sock",
    DATABASE_PASSWORD_FILE: "%d/password",
    DATABASE_PATIENCE: String(patience),
  };
  const environment = Object.entries(settings).map(([name, value]) => `Environment=${name}=${value}`);
  const service = [
    "[Service]",
    `WorkingDirectory=${variant.folder}`,
    `ExecStart=${variant.start}`,
    "User=foobar",
    "LoadCredential=password:/etc/foobar.password",
    "RuntimeDirectory=foobar",
    "KillMode=mixed",
    "TimeoutStopSec=45",
    ...environment,
  ];
  await host.writeFile("/etc/systemd/system/foobar.service", `${service.join("\n")}\n`);
  await host.writeFile("/etc/systemd/system/foobar.socket", "[Socket]\nListenStream=0.0.0.0:8000\n");
  await host.shell("systemctl daemon-reload");
}
