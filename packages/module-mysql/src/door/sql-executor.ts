import type { StepExecutor } from "@evenkeel/core";
import { Secret } from "@evenkeel/core";
import type { Connection } from "mysql2/promise";
import { PREAMBLE } from "../sql/quote-sql.ts";
import type { Door } from "./door.ts";
import { openConnection, refusal } from "./open-connection.ts";
import type { Statement } from "./sql-step.ts";

/** Takes statements to a server that is reached by its address, in one connection, until one fails. */
export const sqlExecutor: StepExecutor = {
  do: "mysql.sql",
  async take(data, host) {
    const { door, statements, isStrict } = data as Told;
    const connection = await openConnection(host, door).catch((error) => {
      throw refusal(error);
    });
    try {
      for (const statement of [PREAMBLE, ...statements]) {
        await connection.query(statement instanceof Secret ? statement.reveal() : statement);
        if (isStrict) await demandNoWarning(connection);
      }
      return {};
    } catch (error) {
      throw refusal(error);
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  },
};

interface Told {
  readonly door: Door;
  readonly statements: readonly Statement[];
  readonly isStrict: boolean;
}

/** A value that the server has bent to its liking is not what was asked for. */
async function demandNoWarning(connection: Connection): Promise<void> {
  const [warnings] = await connection.query("SHOW WARNINGS");
  const bent = (warnings as unknown as readonly { readonly Code: number; readonly Message: string }[]).find(
    ({ Code }) => Code === 1292,
  );
  if (bent) throw new Error(bent.Message);
}
