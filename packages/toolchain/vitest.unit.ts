import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Unit tests: beside the sources, no sockets, seconds. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    passWithNoTests: true,
    globalSetup: join(import.meta.dirname, "own-temporary-folder.ts"),
    env: { FORCE_COLOR: "0" }, // What programs print is compared; what vitest prints keeps its colours.
    // A machine that is busy with other things is no mistake.
    testTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: ".reports/unit.json" },
  },
});
