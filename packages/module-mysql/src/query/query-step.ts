import type { RunStep, Step } from "@evenkeel/core";
import { readWords, Secret } from "@evenkeel/core";
import type { Door } from "../door/door.ts";
import { isRemote } from "../door/door.ts";
import { optionText } from "../door/option-text.ts";
import { identifier } from "../sql/quote-sql.ts";
import { COUNT, typesSql } from "./read-rows.ts";

export interface Queries {
  readonly door?: Door | undefined;
  readonly database?: string | undefined;
  readonly statements: readonly string[];
  /** All or none. */
  readonly isOneTransaction?: boolean;
  /** The server itself refuses whatever would write. */
  readonly isReading?: boolean;
}

/** Statements of a playbook's, and what they give. What they say may be secret, so they are, as a whole. */
export function queryStep(queries: Queries): Step {
  if (isRemote(queries.door))
    return { do: "mysql.query", data: { ...queries, statements: queries.statements.map((each) => new Secret(each)) } };
  return clientStep(queries);
}

function clientStep(queries: Queries): RunStep {
  const { words, facts, input } = queryInput(queries);
  return { do: "run", argv: ["sh", "-c", words, "evenkeel-query", ...facts], stdin: new Secret(input) };
}

/** The same for a step, and for a question. */
export function queryInput({ door, database, statements, isOneTransaction, isReading }: Queries) {
  const login = optionText(door);
  const shown = login instanceof Secret ? login.reveal() : (login ?? "");
  const use = database === undefined ? "" : `USE ${identifier(database)};\n`;
  const types = `${use}${typesSql(statements)}`;
  const begin = isReading ? "START TRANSACTION READ ONLY;\n" : isOneTransaction ? "START TRANSACTION;\n" : "";
  const end = isReading ? "ROLLBACK;\n" : isOneTransaction ? "COMMIT;\n" : "";
  const main = `DELIMITER $$evk$$\n${[use, begin]
    .filter(Boolean)
    .map((each) => each.replace(";\n", "$$$$evk$$$$\n"))
    .join("")}${statements
    .map((sql) => `${sql}\n$$evk$$\n${COUNT}$$evk$$\n`)
    .join("")}${end.replace(";\n", "$$$$evk$$$$\n")}`;
  const lines = (text: string) => String(text.split("\n").length - 1);
  return {
    words: ["../door/client.sh", "./query.sh"].map((path) => readWords(new URL(path, import.meta.url))).join(""),
    facts: [lines(shown), lines(types)],
    input: `${shown}${types}${main}`,
  };
}
