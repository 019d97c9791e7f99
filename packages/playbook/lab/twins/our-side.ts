import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { countsInSummary } from "./outcome.ts";
import type { Side } from "./twins.ts";
import { folder } from "./twins.ts";

const main = join(import.meta.dirname, "../../../cli/src/main.mjs");

/** The command as people run it, from this machine. */
export function ourSide(image?: string): Side {
  return {
    images: image === undefined ? {} : { image },
    async start(lab, playbook) {
      // A playbook may write beside itself.
      const copy = mkdtempSync(join(tmpdir(), "evenkeel-twins-"));
      cpSync(folder, copy, { recursive: true });
      const words = [main, "apply", `${playbook}.yml`, "-i", lab.inventoryFile, "-i", "groups.ini", "--yes", "--json"];
      return {
        run: async () => countsInSummary(await printedBy(words, copy)),
        end: () => rmSync(copy, { recursive: true }),
      };
    },
  };
}

/** All that it says, however it ends: what it came to is in the summary. */
async function printedBy(words: readonly string[], cwd: string): Promise<string> {
  const options = { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...words], options).catch(
    (error: { stdout?: string; stderr?: string }) => ({
      stdout: error.stdout ?? "",
      stderr: error.stderr ?? String(error),
    }),
  );
  return `${stderr}\n${stdout}`;
}
