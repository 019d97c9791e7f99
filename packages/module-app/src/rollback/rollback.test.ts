import { moduleLaws } from "@evenkeel/conformance";
import { kinds as hostKinds } from "@evenkeel/kinds";
import { expect, test } from "vitest";
import { kinds } from "../index.ts";
import { rollback } from "./rollback.ts";

const [one, two, three] = ["1111111111-111111", "2222222222-222222", "3333333333-333333"];
const settings = { healthSeconds: 9, healthChecks: 1, drainSeconds: 7 };
const releases = Object.fromEntries([one, two, three].map((id) => [id, { state: "built", settings }]));
const running = (id: string) => ({ [id]: { runs: "yes" } });

function planFor(traffic: object, params: object = {}, instances: object = running(three)) {
  const at = (kind: string, state: unknown) => ({ kind, key: "shop", state });
  const answers = {
    releases: at("release", releases),
    instances: at("instance", instances),
    traffic: at("traffic", { hasDoor: true, ...traffic }),
  };
  return rollback.plan(answers as never, { name: "shop", ...params }).map(({ after }) => after);
}

test("to what served before the latest deploy", () => {
  expect(planFor({ release: three, deployed: three, before: two })).toEqual([
    { [two]: { runs: "yes" } },
    { release: two, hasDoor: true },
    { [three]: { runs: "no" } },
  ]);
});

test("once back it stays there", () => {
  expect(planFor({ release: two, deployed: three, before: two }, {}, running(two))).toEqual([]);
});

test("to a named one", () => {
  expect(planFor({ release: two, deployed: three, before: two }, { release: one }, running(two))[1]).toEqual({
    release: one,
    hasDoor: true,
  });
});

test("cut between the switch and the end of the other, it goes on", () => {
  const instances = { ...running(two), ...running(three) };
  expect(planFor({ release: two, deployed: three, before: two }, {}, instances)).toEqual([{ [three]: { runs: "no" } }]);
});

test.each([
  ["nothing was deployed", {}, {}, "app/no-release-before"],
  ["it is the first", { release: one, deployed: one }, {}, "app/no-release-before"],
  ["it is not kept any more", { release: three }, { release: "4444444444-444444" }, "app/no-release"],
  ["it is no release", { release: three }, { release: "../../etc" }, "app/no-release"],
])("refused: %s", (_, traffic, params, code) => {
  expect(() => planFor(traffic, params)).toThrow(expect.objectContaining({ code }));
});

const example = {
  params: { name: "shop" },
  states: [releases, running(three), { release: three, deployed: three, before: two }],
};
for (const { name, check } of moduleLaws(rollback, [...hostKinds, ...kinds], [example])) test(name, check);
