import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wipeFolder } from "./wipe.ts";

/** A plain copy for an editor, in a folder that only its user can enter, and that is wiped whatever happens but SIGKILL. */
export interface PrivateCopy extends Disposable {
  readonly path: string;
  read(): Buffer;
}

export function makePrivateCopy(name: string, content: Buffer): PrivateCopy {
  const folder = mkdtempSync(join(memoryFolder(), "evenkeel-"));
  const path = join(folder, name);
  const wipe = () => wipeFolder(folder);
  // An editor's user presses Ctrl-C for the editor; what ends us takes the copy with it.
  const ignore = () => undefined;
  const end = (signal: NodeJS.Signals) => {
    dispose();
    process.kill(process.pid, signal);
  };
  const dispose = () => {
    process.off("exit", wipe).off("SIGINT", ignore).off("SIGTERM", end).off("SIGHUP", end);
    wipe();
  };
  process.on("exit", wipe).on("SIGINT", ignore).on("SIGTERM", end).on("SIGHUP", end);
  try {
    writeFileSync(path, content, { mode: 0o600, flag: "wx" });
  } catch (error) {
    dispose();
    throw error;
  }
  return { path, read: () => readFileSync(path), [Symbol.dispose]: dispose };
}

/** Where nothing reaches a disk, if there is such a place. */
function memoryFolder(): string {
  const folders = [process.env.XDG_RUNTIME_DIR, "/dev/shm"];
  return folders.find((folder) => folder && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) ?? tmpdir();
}
