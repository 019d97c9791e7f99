import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "@evenkeel/core";
import { encrypt } from "@evenkeel/vault";
import type { Choice } from "./choose-lock.ts";
import { chooseAgain, lockChooser } from "./choose-lock.ts";
import { demandWhole } from "./demand-whole.ts";
import { openKeys } from "./open-keys.ts";
import type { LockOptions } from "./options.ts";
import { makePrivateCopy } from "./private-copy.ts";
import type { Input } from "./read-input.ts";
import { readInputs } from "./read-input.ts";
import { replaceFile } from "./replace-file.ts";

/** Opens a file in the user's editor, and encrypts it again as it was, if it was changed. */
export async function edit(file: string, options: LockOptions): Promise<void> {
  const opened = existsSync(file) ? await open(file, options) : await begin(file, options);
  const { before, plain, path, choice } = opened;
  using copy = makePrivateCopy(basename(file), plain);
  await runEditor(copy.path);
  const edited = copy.read();
  if (edited.equals(plain)) {
    process.stderr.write(`${file}: nothing was changed\n`);
    return;
  }
  const content = Buffer.from(await encrypt(edited, choice.lock));
  save(path, before, content);
  process.stderr.write(`${file}: encrypted ${choice.what}\n`);
}

interface Editing {
  readonly path: string;
  /** What is in the file now. */
  readonly before?: Buffer;
  readonly plain: Buffer;
  readonly choice: Choice;
}

/** Everything that can go wrong with keys goes wrong here, before anybody has typed a word. */
async function open(file: string, options: LockOptions): Promise<Editing> {
  const [input] = (await readInputs([file])) as [Input];
  demandWhole(input);
  const vault = await openKeys(options, [input]);
  const { data, place, path = file, folder } = input;
  const opened = vault.open(data, place);
  return { path, before: data, plain: opened.plain, choice: await chooseAgain(opened, options, folder) };
}

async function begin(file: string, options: LockOptions): Promise<Editing> {
  const path = resolve(file);
  if (!existsSync(dirname(path))) {
    throw new InputError({ code: "vault/unreadable", message: `there is no folder ${dirname(path)}` });
  }
  return { path, plain: Buffer.alloc(0), choice: await lockChooser(options)(dirname(path)) };
}

async function runEditor(path: string): Promise<void> {
  const editor = process.env.VISUAL || process.env.EDITOR || "vi";
  // As git does it: the variable may hold options.
  const child = spawn("sh", ["-c", `${editor} "$@"`, editor, path], { stdio: "inherit" });
  const [status, signal] = await once(child, "close");
  if (status === 0) return;
  throw new InputError({
    code: "vault/editor",
    message: `the editor (${editor}) ended with ${signal ?? status}, so nothing was saved`,
    hint: "EDITOR names another",
  });
}

/** Nobody's typing is lost: what cannot be put in place is put elsewhere, encrypted. */
function save(path: string, before: Buffer | undefined, content: Buffer): void {
  try {
    demandUnchanged(path, before);
    replaceFile({ path, content, isPlain: false });
  } catch (cause) {
    const elsewhere = join(tmpdir(), `${basename(path)}.${process.pid}.encrypted`);
    writeFileSync(elsewhere, content, { mode: 0o600, flag: "wx" });
    throw new InputError({
      code: "vault/not-saved",
      message: `${path} could not be replaced: ${(cause as Error).message}`,
      hint: `what you wrote is in ${elsewhere}, encrypted`,
      cause,
    });
  }
}

function demandUnchanged(path: string, before: Buffer | undefined): void {
  const now = existsSync(path) ? readFileSync(path) : undefined;
  if (now === undefined ? before === undefined : before?.equals(now)) return;
  throw new InputError({ code: "vault/changed-meanwhile", message: "it was changed by somebody else meanwhile" });
}
