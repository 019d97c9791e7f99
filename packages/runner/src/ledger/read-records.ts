import type { HostPort } from "@evenkeel/core";
import { quote, readWords, StepError } from "@evenkeel/core";
import type { HostRecords } from "./records.ts";
import { parseRecords } from "./records.ts";

/** What a host remembers, for whoever only wants to know. */
export async function readRecords(port: HostPort): Promise<HostRecords> {
  const [answer] = await port.exchange([{ script: `${words()}\nevl_tell` }]);
  return parseRecords(Buffer.from(answer?.stdout ?? []).toString());
}

/** Takes a lock away from whoever has it, if it still is the one that was seen. */
export async function breakLock(port: HostPort, token: string): Promise<void> {
  const [answer] = await port.exchange([
    { script: `${words()}\nevl_lease; [ "\${evl_token:-?}" = ${quote(token)} ] && rm -rf "$evl/lock"` },
  ]);
  if (answer?.code !== 0)
    throw new StepError({ code: "runner/unlock", message: "the lock is not the one that was seen any more" });
}

function words(): string {
  return readWords(new URL("./ledger.sh", import.meta.url));
}
