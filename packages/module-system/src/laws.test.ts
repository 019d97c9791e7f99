import type { Example } from "@evenkeel/conformance";
import { moduleLaws } from "@evenkeel/conformance";
import { kinds } from "@evenkeel/kinds";
import { describe, expect, test } from "vitest";
import type { ModuleExample } from "../testing/examples/module-example.ts";
import { titleOf, wholeParams } from "../testing/examples/module-example.ts";
import { examples } from "../testing/examples.ts";
import { recordedAnswers } from "../testing/recorded-answers.ts";
import { modules } from "./modules.ts";

/** Every module keeps the laws, on what a real host has answered, before and after; `lab/laws.prove.ts` asks one again. */
const answers = recordedAnswers();

/** They are there to say why not. */
const onlyRefused = ["apt_key", "expect"];

test("every module has an example", () => {
  const tried = new Set(examples.map(({ module }) => module.name));
  const untried = modules.map(({ name }) => name).filter((name) => !tried.has(name));
  expect(untried.sort()).toEqual(onlyRefused);
});

test("every example that a host can take was asked of one", () => {
  const asked = examples.filter(({ isForNoHost }) => !isForNoHost).map(titleOf);
  expect([...answers.keys()].sort()).toEqual(asked.sort());
});

describe.each(modules.map((module) => ({ name: module.name, module })))("$name", ({ module }) => {
  const own = examples.filter((example) => example.module === module);
  for (const { name, check } of moduleLaws(module, kinds, own.flatMap(examplesFor))) {
    const isKnown = own.some((each) => each.makesFolders && name === `${each.name}, before: ${decides}`);
    (isKnown ? test.fails : test)(name, async () => check());
  }
});

/** The law that what makes folders does not keep, as the README says. */
const decides = "it decides, and says the same, when nothing is known yet";

function examplesFor(example: ModuleExample): readonly Example[] {
  const { name } = example;
  const params = wholeParams(example);
  const said = answers.get(titleOf(example));
  if (said === undefined) return [{ name, params, states: example.states ?? [] }];
  return [
    { name: `${name}, before`, params, states: said.before },
    { name: `${name}, after`, params, states: said.after },
  ];
}
