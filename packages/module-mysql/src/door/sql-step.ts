import type { Step } from "@evenkeel/core";
import { readWords, Secret } from "@evenkeel/core";
import { PREAMBLE } from "../sql/quote-sql.ts";
import type { Door } from "./door.ts";
import { isRemote } from "./door.ts";
import { optionText } from "./option-text.ts";

/** One statement of ours; those with a password in them are secret as a whole. */
export type Statement = string | Secret;

/** Strict: a warning of the server's is a refusal. Statements, one after the other, until one fails: through the socket as a recorded job of the host's client, else through a tunnel. */
export function sqlStep(door: Door | undefined, statements: readonly Statement[], isStrict = false): Step {
  if (isRemote(door)) return { do: "mysql.sql", data: { door, statements, isStrict } };
  const login = optionText(door);
  const lines = login === undefined ? 0 : revealed(login).split("\n").length - 1;
  const text = `${login === undefined ? "" : revealed(login)}${[PREAMBLE, ...statements.map(revealed), ""].join(";\n")}`;
  const isSecret = [login, ...statements].some((each) => each instanceof Secret);
  const words = ["./client.sh", "./tell.sh"].map((path) => readWords(new URL(path, import.meta.url))).join("");
  return {
    do: "run",
    argv: ["sh", "-c", words, "evenkeel-mysql", String(lines), ...(isStrict ? ["strict"] : [])],
    stdin: isSecret ? new Secret(text) : text,
  };
}

function revealed(text: Statement): string {
  return text instanceof Secret ? text.reveal() : text;
}
