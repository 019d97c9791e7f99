import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");

interface Block {
  readonly language: string;
  readonly text: string;
}

/** A part of a README, as somebody would follow it who types what stands there. */
export class Guide {
  readonly #blocks: readonly Block[];

  constructor(readme: string, heading: string) {
    const text = readFileSync(join(root, readme), "utf8");
    const [, part] = text.split(`\n## ${heading}\n`);
    if (part === undefined) throw new Error(`${readme} has no part “${heading}”`);
    const [body = ""] = part.split(/\n## /);
    this.#blocks = [...body.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({
      language,
      text: code,
    }));
  }

  /**
   * Follows it in a folder: blocks of sh are run, one after the other, in one shell; those that begin with a file's name as a comment
   * are written. Tells of each block of text what is missing in what was printed since the last one.
   */
  async follow(folder: string): Promise<readonly string[]> {
    for (const name of ["playbooks", "examples", "packages", "node_modules"])
      symlinkSync(join(root, name), join(folder, name));
    const missing: string[] = [];
    await using shell = new Shell(folder);
    let said = "";
    for (const { language, text } of this.#blocks) {
      if (language === "sh") said += await shell.run(text);
      else if (language === "text") {
        missing.push(...missingIn(said, text));
        said = "";
      } else writeIfNamed(folder, text);
    }
    return missing;
  }
}

/** The lines that are to come, in their order; `…` stands for anything. */
function missingIn(said: string, lines: string): readonly string[] {
  let rest = said;
  for (const line of lines.trimEnd().split("\n")) {
    const pattern = line.trim().split("…").map(RegExp.escape).join(".*");
    const found = new RegExp(pattern).exec(rest);
    if (!found) return [`${JSON.stringify(line)} is not in\n${said}`];
    rest = rest.slice(found.index + found[0].length);
  }
  return [];
}

function writeIfNamed(folder: string, text: string): void {
  const name = /^(?:#|\/\/|\{#) ([\w./-]+\.\w+)(?: #\})?\n/.exec(text)?.[1];
  if (name === undefined) return;
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const END = "\u001e";

/** One shell for all of a guide, so that what it sets stays. A command that fails ends it. */
class Shell implements AsyncDisposable {
  readonly #child;
  #said = "";
  #wake: () => void = () => undefined;

  constructor(folder: string) {
    const main = join(root, "packages/cli/src/main.mjs");
    const begin = `set -eu\nnpx() { shift; node '${main}' "$@"; }\n`;
    this.#child = spawn("sh", {
      cwd: folder,
      stdio: ["pipe", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#said += text;
        this.#wake();
      });
    }
    this.#child.on("close", () => this.#wake());
    this.#child.stdin.write(begin);
  }

  async run(script: string): Promise<string> {
    this.#said = "";
    this.#child.stdin.write(`{ ${script}\n} </dev/null\nprintf '${"\\036"}'\n`);
    while (!this.#said.includes(END)) {
      if (this.#child.exitCode !== null) throw new Error(`this has failed:\n${script}\n${this.#said}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#said.replace(END, "");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once("close", resolve));
  }
}
