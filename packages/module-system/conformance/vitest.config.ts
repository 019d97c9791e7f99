import { defineConfig } from "vitest/config";

/** Real Ansible beside ours, on twin hosts: minutes, and a lab. */
// biome-ignore lint/style/noDefaultExport: vitest wants its configuration so
export default defineConfig({
  test: {
    include: ["conformance/**/*.conformance.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 900_000,
    reporters: ["verbose", "json"],
    outputFile: { json: ".reports/conformance.json" },
  },
});
