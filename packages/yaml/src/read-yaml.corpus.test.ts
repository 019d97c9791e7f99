import { expect, test } from "vitest";
import { differences } from "../corpus/differences.ts";
import { outcomeOf } from "../corpus/outcome-of.ts";
import { readRecorded } from "../corpus/recorded.ts";
import { snippets } from "../corpus/snippets.ts";

const recorded = readRecorded();

test("the corpus is large, and all of it was recorded", () => {
  expect(snippets.length).toBeGreaterThan(120);
  expect(Object.keys(recorded).toSorted()).toEqual(snippets.map(({ name }) => name).toSorted());
});

test.each(snippets)("$name", ({ name, text }) => {
  const outcome = recorded[name] ?? { error: "not recorded" };
  const ours = outcomeOf(text);
  const difference = differences[name];
  if (difference) expect(ours).toEqual(difference.ours);
  else if ("error" in outcome) expect(ours).toHaveProperty("error");
  else expect(ours).toEqual(outcome);
});

test("what is said to differ does differ", () => {
  for (const [name, { ours }] of Object.entries(differences)) expect(recorded[name], name).not.toEqual(ours);
});
