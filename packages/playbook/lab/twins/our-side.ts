import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evenkeel } from "@evenkeel/lab";
import { countsInSummary } from "./outcome.ts";
import type { Side } from "./twins.ts";
import { folder } from "./twins.ts";

/** The command as people run it, from this machine. */
export function ourSide(image?: string): Side {
  return {
    images: image === undefined ? {} : { image },
    async start(lab, playbook) {
      // A playbook may write beside itself.
      const copy = mkdtempSync(join(tmpdir(), "evenkeel-twins-"));
      cpSync(folder, copy, { recursive: true });
      const words = ["apply", `${playbook}.yml`, "-i", lab.inventoryFile, "-i", "groups.ini", "--yes", "--json"];
      return {
        run: async () => countsInSummary((await evenkeel(words, { directory: copy })).output),
        end: () => rmSync(copy, { recursive: true }),
      };
    },
  };
}
