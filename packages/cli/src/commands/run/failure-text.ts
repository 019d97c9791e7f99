type Result = Readonly<Record<string, unknown>>;

/** So many lines of what a program complained about are told: the last ones. */
const MOST_LINES = 20;

/** Why a task failed, as its result says it: a command's status, an assertion, `fail`, `failed_when`; of a loop, each item's. */
export function failureText(result: Result): string {
  const { results } = result;
  const items = Array.isArray(results) ? (results as readonly Result[]).filter(({ failed }) => failed === true) : [];
  if (items.length > 0) return items.map(failureText).join("");
  const { msg, cmd, rc, stderr, stdout, assertion, censored } = result;
  const lines = [
    text(censored) ?? text(msg),
    assertion === undefined ? undefined : `asserted  ${text(assertion)}`,
    rc === undefined || rc === 0 ? undefined : `command  ${text(cmd) ?? ""}  (exit ${text(rc)})`,
    end(stderr) ?? (rc === undefined || rc === 0 ? undefined : end(stdout)),
  ];
  const said = lines.filter((line) => line !== undefined && line.trim() !== "");
  return said.length === 0 ? "" : `${said.join("\n")}\n`;
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function end(value: unknown): string | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const lines = value.trimEnd().split("\n");
  const left = lines.length - MOST_LINES;
  return [...(left > 0 ? [`… ${left} lines before`] : []), ...lines.slice(-MOST_LINES)].join("\n");
}
