import { defineConfig } from "vitest/config";

/** Lab tests: real hosts; one file at a time, since they share two cores and the loopback addresses. */
export default defineConfig({
  test: {
    include: ["lab/**/*.lab.ts"],
    passWithNoTests: true,
    env: { FORCE_COLOR: "0" }, // What programs print is compared; what vitest prints keeps its colours.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 600_000,
    reporters: ["verbose", "json"],
    outputFile: { json: ".reports/lab.json" },
  },
});
