import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** The SHA-256 of a file of ours; nothing where there is none. */
export async function sumOfOurs(path: string): Promise<string | undefined> {
  const sum = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) sum.update(chunk);
    return sum.digest("hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
