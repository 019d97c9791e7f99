import { prune as pruneLab } from "@evenkeel/lab";

/** Frees what labs leave on purpose, or only the snapshots that are named. */
export async function prune(snapshots: readonly string[]): Promise<void> {
  const removed = await pruneLab({ snapshots });
  process.stdout.write(
    removed.length === 0 ? "nothing to remove\n" : removed.map((name) => `removed ${name}\n`).join(""),
  );
}
