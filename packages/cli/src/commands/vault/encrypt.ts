import { dirname } from "node:path";
import { encrypt } from "@evenkeel/vault";
import { lockChooser } from "./choose-lock.ts";
import { gather } from "./gather.ts";
import type { LockOptions } from "./options.ts";
import { readInputs } from "./read-input.ts";
import { demandOneInput, writeResults } from "./write-results.ts";

export interface EncryptOptions extends LockOptions {
  readonly output?: string;
}

/** Encrypts files in place, or one input to somewhere else. Nothing is written before everything is encrypted. */
export async function encryptFiles(files: readonly string[], options: EncryptOptions): Promise<void> {
  const { output } = options;
  demandOneInput(files, output);
  const chooseLock = lockChooser(options);
  const inputs = await readInputs(files);
  const results = await gather(inputs, async (input) => {
    const { lock, what } = await chooseLock(output === undefined || output === "-" ? input.folder : dirname(output));
    return { input, content: Buffer.from(await encrypt(input.data, lock, input.place)), done: `encrypted ${what}` };
  });
  writeResults(results, output, false);
}
