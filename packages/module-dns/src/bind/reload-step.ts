import type { Step } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";

/** named reads a zone again; or, without one, its configuration, and with it zones that are new. */
export function reloadStep(zone?: string): Step {
  const script = readWords(new URL("./reload.sh", import.meta.url));
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-dns-reload", ...(zone === undefined ? [] : [zone])] };
}
