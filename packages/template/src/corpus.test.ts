import { expect, test } from "vitest";
import type { Case, Corpus } from "../lab/corpus.ts";
import { corpora, renderCorpus, textOf } from "../lab/corpus.ts";

/** What real Ansible made of it when it was recorded; the lab test sees to it that it still does. */
const wanted = ({ expected, ours }: Case) => {
  const value = ours === undefined ? expected : ours.expected;
  return value === undefined ? { error: expect.any(String) } : { value };
};

test.each([...corpora])("%s", { timeout: 60_000 }, (_name, corpus: Corpus) => {
  const outcomes = renderCorpus(corpus);
  const pairs = corpus.cases.map((each, index) => ({ template: textOf(each.template), outcome: outcomes[index] }));
  expect(pairs).toEqual(corpus.cases.map((each) => ({ template: textOf(each.template), outcome: wanted(each) })));
});

test("the corpus is as big as it should be, and says why where we differ", () => {
  const cases = [...corpora.values()].flatMap((corpus) => corpus.cases);
  expect(cases.length).toBeGreaterThan(800);
  expect(cases.filter((each) => each.expected !== undefined).length).toBeGreaterThan(600);
  for (const each of cases) expect([each.template, each.expected ?? each.error]).not.toContain(undefined);
  for (const { ours } of cases) if (ours !== undefined) expect(ours.because.length).toBeGreaterThan(20);
});
