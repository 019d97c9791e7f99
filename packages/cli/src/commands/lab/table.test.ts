import { expect, test } from "vitest";
import { table } from "./table.ts";

test("columns line up, and no line ends in spaces", () => {
  expect(
    table([
      ["a", "bb", "c"],
      ["aaa", "b", ""],
    ]),
  ).toBe("  a    bb  c\n  aaa  b\n");
});
