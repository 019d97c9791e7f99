import { execFileSync } from "node:child_process";

/** A folder as a tar archive. */
export function packTree(folder: string): Buffer {
  return execFileSync("tar", ["-C", folder, "-cf", "-", "."], { maxBuffer: 64 * 1024 * 1024 });
}
