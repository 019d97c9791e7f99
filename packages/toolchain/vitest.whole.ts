import { defineConfig } from "vitest/config";

/** The repository as a whole: what would be published, and whether the checks find what they are for. Needs every build. */
export default defineConfig({
  test: {
    include: ["whole/**/*.whole.ts"],
    env: { FORCE_COLOR: "0" }, // What programs print is compared; what vitest prints keeps its colours.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["verbose", "json"],
    outputFile: { json: ".reports/whole.json" },
  },
});
