import type { HostPort } from "@evenkeel/core";
import { PREAMBLE } from "../sql/quote-sql.ts";
import type { Door } from "./door.ts";
import { openConnection } from "./open-connection.ts";
import { flavourOf } from "./read-replies.ts";
import type { Reply, Unreached } from "./reply.ts";
import { isUnreached } from "./reply.ts";

/** The same questions to a server that is reached by its address. */
export async function askThroughTunnel(
  host: HostPort,
  door: Door,
  questions: readonly string[],
): Promise<readonly Reply[]> {
  const connection = await openConnection(host, door).catch(unreached);
  if (isUnreached(connection)) return questions.map((): Reply => connection);
  try {
    const version = await connection
      .query({ sql: "SELECT VERSION()", rowsAsArray: true })
      .then(([rows]) => firstOf(rows)[0] ?? "");
    await connection.query(PREAMBLE);
    const replies: Reply[] = [];
    const said = { state: "said", flavour: flavourOf(version), version } as const;
    for (const sql of questions) {
      replies.push(
        await connection.query({ sql, rowsAsArray: true }).then(
          ([rows]) => ({ ...said, rows: firstOf(rows) }),
          (error: { errno?: number; message: string }) => ({
            ...said,
            rows: [],
            error: `${error.errno ?? 0} ${error.message}`,
          }),
        ),
      );
    }
    return replies;
  } finally {
    await connection.end().catch(() => connection.destroy());
  }
}

/** Each question has one column; JSON in it comes read already. */
function firstOf(rows: unknown): readonly string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map(([value]) => (typeof value === "string" ? value : JSON.stringify(value)));
}

function unreached(error: { readonly errno?: number; readonly code?: string; readonly message: string }): Unreached {
  const isRefused = error.errno === 1045 || error.errno === 1698 || error.errno === 1130;
  return { state: "unreached", server: isRefused ? "refused" : "stopped", because: error.message };
}
