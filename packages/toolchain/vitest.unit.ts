import { defineConfig } from "vitest/config";

/** Unit tests: beside the sources, no sockets, seconds. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    passWithNoTests: true,
    reporters: ["default", "json"],
    outputFile: { json: ".reports/unit.json" },
  },
});
