import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const loop =
  'while read -r l; do o=$( (eval "$(echo "$l" | base64 -d)") </dev/null 2>&1 | base64; ); echo "$o" | tr -d "\\n"; echo; done';

/** Looks at a host past the engine, over the system's `ssh`: one shell for all looks, so that each costs a moment. */
export class Witness {
  readonly #argv: readonly string[];
  #child: ChildProcess | undefined;
  readonly #waiting: ((line: string) => void)[] = [];

  /** `argv`: ssh, its options, and whom to ask. */
  constructor(argv: readonly string[]) {
    this.#argv = argv;
  }

  /** What a script prints, without the last line feed; throws when it fails. */
  async see(script: string): Promise<string> {
    const line = await this.#ask(`${script}\necho " $?"`);
    const text = Buffer.from(line, "base64").toString();
    const end = text.lastIndexOf(" ");
    if (text.slice(end).trim() !== "0") throw new Error(`the host could not: ${script}\n${text}`);
    return text.slice(0, end).trimEnd();
  }

  end(): void {
    this.#child?.stdin?.end();
  }

  #ask(script: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#waiting.push(resolve);
    this.#start().stdin?.write(`${Buffer.from(script).toString("base64")}\n`);
    return promise;
  }

  #start(): ChildProcess {
    if (this.#child) return this.#child;
    const [program = "", ...rest] = this.#argv;
    const child = spawn(program, [...rest, loop], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: child.stdout }).on("line", (line) => this.#waiting.shift()?.(line));
    child.once("exit", () => {
      this.#child = undefined;
      for (const lost of this.#waiting.splice(0)) lost(Buffer.from("the witness is gone 1").toString("base64"));
    });
    this.#child = child;
    return child;
  }
}
