import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CommandFailed } from "./command-failed.ts";

export type CommandResult = { code: number; stdout: string; stderr: string };

export type CommandOptions = {
  /** Sent to the command, then its input is closed; without it the command reads nothing. */
  stdin?: string | Buffer;
  /** False: hand back a failure instead of throwing CommandFailed. */
  check?: boolean;
  /** The command as an error should name it, when it runs behind others. */
  shownAs?: readonly string[];
  /** Called with each line that the command writes, on either output. */
  onLine?: (line: string) => void;
  timeoutSeconds?: number;
  /** Collects the process while it runs, so that its owner can end it. */
  running?: Set<ChildProcess>;
};

/** Runs one program, without a shell, and waits for its end. */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program = "", ...rest] = argv;
  const timeout = options.timeoutSeconds ? { timeout: options.timeoutSeconds * 1000 } : {};
  const child = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"], ...timeout });
  options.running?.add(child);
  const result = await collect(child, options).finally(() => options.running?.delete(child));
  if (result.code !== 0 && options.check !== false) throw new CommandFailed(options.shownAs ?? argv, result);
  return result;
}

function collect(child: ReturnType<typeof spawn>, options: CommandOptions): Promise<CommandResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  for (const input of [child.stdout, child.stderr]) {
    if (options.onLine && input) createInterface({ input }).on("line", options.onLine);
  }
  // A command may end without having read its input; the exit status tells what it thought of it.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.stdin);
  return new Promise((resolve) => {
    const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString("utf8");
    child.on("error", (error) => resolve({ code: 127, stdout: "", stderr: error.message }));
    child.on("close", (code, signal) =>
      resolve({
        code: code ?? 128,
        stdout: text(stdout),
        stderr: signal ? `${text(stderr)}ended by ${signal}` : text(stderr),
      }),
    );
  });
}
