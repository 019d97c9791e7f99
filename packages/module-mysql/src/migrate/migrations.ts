import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineKind, InputError } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import type { Unreached } from "../door/reply.ts";
import { isUnreached } from "../door/reply.ts";
import { decidesServer } from "../server/decides-server.ts";
import type { MigrationRecord } from "./records.ts";
import { busyQuestion, recordIn, recordQuestion } from "./records.ts";

/** What is in a folder of ours, and what a database says of it. */
export interface Migrations {
  readonly folder: string;
  readonly database: string;
  readonly door?: Door;
}

export interface MigrationFile {
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
}

export type MigrationsState = Unreached | KnownMigrations;

export interface KnownMigrations {
  readonly state: "known";
  readonly files: readonly MigrationFile[];
  readonly records: readonly MigrationRecord[];
  /** Somebody is at it: what is `running` has not been left behind. */
  readonly isBusy?: boolean;
}

/** Only looked at; what comes of it are changes of single migrations. */
export const migrations = defineKind<MigrationsState & { readonly files?: readonly MigrationFile[] }, never>({
  name: "mysql.migrations",
  async ask(queries, host) {
    return Promise.all(
      queries.map(async ({ via }) => {
        const { folder, database, door } = via as Migrations;
        // Before and after: a run may begin or end between two questions.
        const busy = busyQuestion(database);
        const [files, [before, reply, after]] = await Promise.all([
          filesIn(folder),
          askServer(host, door, [busy, recordQuestion(database), busy]),
        ]);
        const records = recordIn(reply);
        if (isUnreached(records)) return { ...records, files };
        const isBusy = [before, after].some((each) => each?.state === "said" && each.rows[0] === "1");
        return { state: "known" as const, files, records: records.rows, isBusy };
      }),
    );
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: (state) => isUnreached(state) && state.server === "absent",
  dependsOn: [...decidesServer, "mysql.database", "mysql.migration", "command"],
  describe: () => ({}),
});

/** By name, which is their order. */
async function filesIn(folder: string): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,250}$/.test(name)) {
        throw new InputError({
          code: "mysql/migration-name",
          message: `not a migration's name: ${JSON.stringify(name)}`,
          hint: "letters, digits, `.`, `_` and `-`, such as 001_orders.sql",
        });
      }
      const text = await readFile(join(folder, name), "utf8");
      return { name, sha256: hash("sha256", text), text };
    }),
  );
}
