import type { RunStep } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";

/** What else a copy needs. */
interface CopyWords {
  readonly EVK_SHA256: string;
  readonly EVK_MODE: string;
  readonly EVK_OWNER: string;
  readonly EVK_VALIDATE: string;
}

/** A link, another name, or a copy of a file of the host's: made beside its place and renamed into it, so that there is never none. */
export function placeStep(how: "soft" | "hard" | "copy", path: string, source: string, words?: CopyWords): RunStep {
  const script = readWords(new URL("./place.sh", import.meta.url));
  return {
    do: "run",
    argv: ["sh", "-c", script, "evenkeel-place", how, path, source],
    ...(words && { environment: { ...words } }),
  };
}
