import { defineConfig } from "vitest/config";

/** What would be published, installed by npm into an empty folder. Needs every package's build. */
export default defineConfig({
  test: {
    include: ["packed/**/*.packed.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["verbose", "json"],
    outputFile: { json: ".reports/packed.json" },
  },
});
