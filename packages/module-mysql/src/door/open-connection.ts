import type { HostPort } from "@evenkeel/core";
import { Secret, StepError } from "@evenkeel/core";
import type { Connection } from "mysql2/promise";
import type { Door } from "./door.ts";

/** A connection to a server by its address, through a tunnel that begins at the host: nothing is installed there for it. */
export async function openConnection(
  host: HostPort,
  { host: address = "", port = 3306, user, password }: Door,
): Promise<Connection> {
  // Only who needs it loads it.
  const { createConnection } = await import("mysql2/promise");
  const stream = await host.tunnel({ host: address, port });
  try {
    return await createConnection({
      stream,
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password: password instanceof Secret ? password.reveal() : password }),
      charset: "utf8mb4",
      connectTimeout: 10_000,
      supportBigNumbers: true,
      dateStrings: true,
    });
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** The server's own words, without what it quotes of a statement: a password may be in there. */
export function refusal(error: unknown): StepError {
  const { errno, message } = error as { readonly errno?: number; readonly message: string };
  return new StepError({
    code: "mysql/statement",
    message: `the database server refused a statement${errno ? ` (${errno})` : ""}`,
    detail: message.replace(/ near .*/s, ""),
  });
}
