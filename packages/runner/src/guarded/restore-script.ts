import type { Change, Step } from "@evenkeel/core";
import { InternalError, quote, quoteAll, Secret } from "@evenkeel/core";

/**
 * What brings changes back, as sh that a host can run by itself when we cannot reach it any more. Files come back from
 * copies that the host keeps (`# keep N PATH`), so that no content travels; then what had to be restarted is, once more.
 */
export function restoreScript(changes: readonly Change[], restarts: readonly Step[]): string {
  const undo = changes.toReversed().flatMap((change) => change.undo);
  const paths = [...new Set(undo.flatMap((step) => (step.do === "write" ? [step.path] : [])))];
  const keeps = paths.map((path, index) => `# keep ${index} ${path}`);
  const lines = [...undo, ...restarts].map((step) => asShell(step, paths));
  return [...keeps, "cd /", ...lines, ""].join("\n");
}

function asShell(step: Step, kept: readonly string[]): string {
  if (step.do === "write") {
    const copy = `"$EVG/${kept.indexOf(step.path)}"`;
    const fresh = quote(`${step.path}.evenkeel-guard`);
    return `cp -a -- ${copy} ${fresh} && mv -f -- ${fresh} ${quote(step.path)}`;
  }
  if (step.do === "run") {
    const { argv, environment = {}, directory, stdin } = step;
    const settings = Object.entries(environment).map(([name, value]) => `${name}=${quote(String(value))} `);
    const command = `${settings.join("")}${quoteAll(argv)}`;
    const input = stdin === undefined ? " </dev/null" : ` <<'EVENKEEL-END'\n${textOf(stdin)}\nEVENKEEL-END`;
    return directory === undefined ? `${command}${input}` : `(cd ${quote(directory)} && ${command})${input}`;
  }
  throw new InternalError({
    code: "runner/guard-undo",
    message: `a guarded change is undone by a step that a host cannot take by itself: ${step.do}`,
  });
}

function textOf(stdin: unknown): string {
  if (typeof stdin === "string") return stdin;
  if (stdin instanceof Secret) return stdin.reveal();
  throw new InternalError({ code: "runner/guard-undo", message: "a guarded change is undone with a file of ours" });
}
