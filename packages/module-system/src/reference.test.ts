import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { reference, referencePath } from "../testing/reference.ts";

test("REFERENCE.md says what the schemas say", () => {
  const written = readFileSync(referencePath, "utf8");
  expect(written === reference(), "out of date: npm run reference -w @evenkeel/module-system").toBe(true);
});
