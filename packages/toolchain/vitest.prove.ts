import { defineConfig, mergeConfig } from "vitest/config";
import lab from "./vitest.lab.ts";

/** What takes too long for every day: all lab tests in full, and those that are only for this (`*.prove.ts`). */
export default mergeConfig(
  lab,
  defineConfig({
    test: {
      include: ["lab/**/*.prove.ts"],
      env: { EVENKEEL_PROVE: "1" },
      testTimeout: 3_600_000,
      outputFile: { json: ".reports/prove.json" },
    },
  }),
);
