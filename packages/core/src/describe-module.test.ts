import { Type } from "typebox";
import { expect, test } from "vitest";
import { describeModule } from "./describe-module.ts";
import { defineModule } from "./module.ts";

const root = Type.Optional(Type.String({ description: "a folder" }));

test("what a parameter is made of is said, and what means the same only once", () => {
  const site = defineModule({
    name: "site",
    summary: "A site.",
    params: Type.Object({
      root,
      tls: Type.Optional(Type.Object({ key: Type.String({ description: "PEM" }) }, { description: "https" })),
      places: Type.Array(Type.Object({ path: Type.String({ description: "where" }), root }), {
        default: [],
        description: "parts",
      }),
    }),
    observe: () => ({}),
    plan: () => [],
  });
  expect(describeModule(site).split("\n").slice(5)).toEqual([
    "|---|---|---|",
    "| `root` | a folder |  |",
    "| `tls` | https |  |",
    "| `tls.key` | PEM | *required* |",
    "| `places` | parts | `[]` |",
    "| `places[].path` | where | *required* |",
    "| `places[].…` | as above: `root` |  |",
    "",
  ]);
});
