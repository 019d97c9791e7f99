import { spawnSync } from "node:child_process";
import type { Vault } from "@evenkeel/vault";
import { encryptedForm, replaceInlineValues } from "@evenkeel/vault";
import { gather } from "./gather.ts";
import { lockedIn } from "./locked-in.ts";
import { openKeys } from "./open-keys.ts";
import type { KeyOptions } from "./options.ts";
import type { Input } from "./read-input.ts";
import { readInputs } from "./read-input.ts";
import { toYamlText } from "./to-yaml-text.ts";

/** Shows what is encrypted, in the user's pager where there is a terminal. */
export async function view(files: readonly string[], options: KeyOptions): Promise<void> {
  const inputs = await readInputs(files);
  const vault = await openKeys(options, inputs.flatMap(lockedIn));
  const shown = await gather(inputs, async (input) => show(input, vault));
  const all = Buffer.concat(shown);
  if (!process.stdout.isTTY || !page(all)) process.stdout.write(all);
}

function show(input: Input, vault: Vault): Buffer {
  const plain = lockedIn(input).map(({ data, place }) => vault.open(data, place).plain);
  const yaml = input.data.toString("utf8");
  if (encryptedForm(input.data) !== undefined) return plain[0] ?? Buffer.alloc(0);
  return Buffer.from(replaceInlineValues(yaml, ({ indent }) => toYamlText(plain.shift()?.toString() ?? "", indent)));
}

/** A pager keeps secrets out of the terminal's history, and is told to keep none of its own. */
function page(content: Buffer): boolean {
  const environment = { ...process.env, LESSHISTFILE: "-", LESSSECURE: "1" };
  const { status } = spawnSync("sh", ["-c", `${process.env.PAGER || "less"}`], {
    input: content,
    stdio: ["pipe", "inherit", "inherit"],
    env: environment,
  });
  // 127 is the shell's word for a program that is not there.
  return status !== 127;
}
