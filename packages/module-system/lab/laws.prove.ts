import { hostLaws } from "@evenkeel/conformance";
import { kinds } from "@evenkeel/kinds";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { executors } from "../src/executors.ts";
import type { ModuleExample } from "../testing/examples/module-example.ts";
import { titleOf, wholeParams } from "../testing/examples/module-example.ts";
import { examples } from "../testing/examples.ts";
import type { RecordedAnswers } from "../testing/recorded-answers.ts";
import { recordAnswers, recordedAnswers } from "../testing/recorded-answers.ts";
import { endOf, prepareForExamples, wholeOf } from "./prepare-for-examples.ts";
import { HostUnderTest } from "./system/host-under-test.ts";

/** The laws that only a host can prove, and that a plan writes nothing: for every module that a host of the lab can take. */
let on: HostUnderTest;
/** The same host with all of the machine's capabilities. */
let free: HostUnderTest;
/** How the host is before any example: what is as then need not be told. */
let usual: ReadonlySet<string>;
beforeAll(async () => {
  on = await HostUnderTest.boot();
  await prepareForExamples(on);
  free = await on.withCapabilities();
  usual = new Set((await on.shell(endOf)).split("\n"));
}, 300_000);
afterAll(async () => {
  await free.close();
  await on[Symbol.asyncDispose]();
});

const onHost = examples.filter(({ isForNoHost }) => !isForNoHost);
const hostOf = ({ needsCapabilities }: ModuleExample) => (needsCapabilities ? free : on);
const reset = (example: ModuleExample) => on.host.shell(`${example.reset ?? ":"}\nsync`, { check: false });

describe.each(onHost.map((example) => ({ title: titleOf(example), example })))("$title", ({ example }) => {
  const { module } = example;

  test("looking and planning write nothing anywhere on the host", async () => {
    await reset(example);
    const before = await on.shell(wholeOf);
    await hostOf(example).plan(module, example.params);
    expect(linesNotIn(before, await on.shell(wholeOf))).toEqual([]);
  });

  if (example.isNeverTheSame) return;
  const under = () => ({
    ...{ port: hostOf(example).port, kinds, executors },
    fingerprint: async () => unusual(await on.shell(endOf)),
    reset: async () => void (await reset(example)),
  });
  for (const { name, check } of hostLaws(module, [{ name: example.name, params: wholeParams(example) }], under)) {
    const law = name.replace(/^.*?: /, "");
    if (!(example.runsAgain && law.startsWith("a failure"))) test(law, async () => check());
  }
});

test("hosts still answer as was recorded for the laws that need no host", { timeout: 600_000 }, async () => {
  const now = new Map<string, RecordedAnswers>();
  for (const example of onHost) {
    await reset(example);
    const host = hostOf(example);
    const before = await host.answers(example.module, example.params);
    await host.apply(example.module, example.params);
    now.set(titleOf(example), { before, after: await host.answers(example.module, example.params) });
  }
  if (process.env.EVENKEEL_RECORD === "1") recordAnswers(now);
  const recorded = recordedAnswers();
  for (const [title, answers] of now) expect(shapeOf(answers), title).toEqual(shapeOf(recorded.get(title)));
});

function linesNotIn(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")].map((lines) => new Set(lines));
  return [...(old?.symmetricDifference(now ?? old) ?? [])];
}

function unusual(text: string): string {
  return [...new Set(text.split("\n")).symmetricDifference(usual)].join("\n");
}

/** Which fields there are; numbers and names change from host to host. */
function shapeOf(answers: RecordedAnswers | undefined): unknown {
  const fields = (state: unknown) =>
    typeof state === "object" && state !== null
      ? Object.entries(state).flatMap(([key, value]) => (value === undefined ? [] : [key]))
      : state;
  return { before: answers?.before.map(fields), after: answers?.after.map(fields) };
}
