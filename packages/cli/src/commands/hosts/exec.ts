import { randomUUID } from "node:crypto";
import { styleText } from "node:util";
import type { HostOptions } from "../project/options.ts";
import { printable } from "../run/printable.ts";
import { onHosts } from "./on-hosts.ts";

/** One word is a line for a shell, several are a command and its arguments. */
export async function exec(pattern: string, words: readonly string[], options: HostOptions): Promise<void> {
  const [only = "", ...more] = words;
  const argv = more.length === 0 ? ["sh", "-c", only] : words;
  await onHosts(pattern, options, async (host, port, say) => {
    const outcome = await port.job({ id: randomUUID(), argv });
    const output = `${Buffer.from(outcome.stdout)}${Buffer.from(outcome.stderr)}`;
    const code = outcome.kind === "done" ? outcome.code : undefined;
    if (options.json) {
      const { stdout, stderr } = outcome;
      say(
        `${JSON.stringify({ type: "exec", host, rc: code, stdout: String(Buffer.from(stdout)), stderr: String(Buffer.from(stderr)) })}\n`,
      );
    } else {
      const said = code === 0 ? "" : styleText("red", code === undefined ? `  ${outcome.kind}` : `  status ${code}`);
      say(
        `${styleText("bold", host)}${said}\n${printable(output)}${output.endsWith("\n") || output === "" ? "" : "\n"}`,
      );
    }
    return code === 0;
  });
}
