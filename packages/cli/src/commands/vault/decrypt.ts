import { demandWhole } from "./demand-whole.ts";
import { gather } from "./gather.ts";
import { openKeys } from "./open-keys.ts";
import type { KeyOptions } from "./options.ts";
import { readInputs } from "./read-input.ts";
import { demandOneInput, writeResults } from "./write-results.ts";

export interface DecryptOptions extends KeyOptions {
  readonly output?: string;
}

/** Decrypts files in place, or one input to somewhere else. Nothing is written before everything is decrypted. */
export async function decryptFiles(files: readonly string[], options: DecryptOptions): Promise<void> {
  demandOneInput(files, options.output);
  const inputs = await readInputs(files);
  const vault = await openKeys(options, inputs);
  const results = await gather(inputs, async (input) => {
    demandWhole(input);
    return { input, content: vault.open(input.data, input.place).plain, done: "decrypted" };
  });
  writeResults(results, options.output, true);
}
