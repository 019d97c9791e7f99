import type { Change } from "@evenkeel/core";
import { isUnsettled, readWords } from "@evenkeel/core";

/** Once, at the end of a play: starts what packages brought and wanted to start, now that its configuration is there. */
export function finishPackages(changes: readonly Change<unknown>[]): readonly Change[] {
  const isOnlyGoing = changes.length > 0 && changes.every(({ action }) => action === "remove");
  if (isOnlyGoing) return [];
  const script = readWords(new URL("./start-withheld.sh", import.meta.url));
  const isUpgrade = changes.some(({ before, interrupts }) => isUnsettled(before) || interrupts === "restart");
  return [
    {
      ...{
        kind: "package",
        key: "services",
        action: "run",
        before: { state: "installed" },
        after: { state: "installed" },
        undo: [],
      },
      steps: [{ do: "run", argv: ["sh", "-c", script, "evenkeel-start-services"] }],
      interrupts: isUpgrade ? "restart" : "nothing",
    },
  ];
}
