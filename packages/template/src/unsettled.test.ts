import { UnsettledValue, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import { LazyDict } from "./python/dict.ts";
import { compileExpression, compileTemplate, compileValue } from "./templates.ts";

const open = unsettled("the task has not run yet");
const scope = scopeOf({
  result: open,
  host: { address: "10.0.0.1", state: open },
  list: ["a", open],
  lazy: new LazyDict({ keys: () => ["state"], get: () => open }),
});

test.each([
  "{{ result }}",
  "{{ result.rc }}",
  "{{ result['rc'] | default(0) }}",
  "{{ result is defined }}",
  "{{ result | default('x') }}",
  "{{ (result | bool) or true }}",
  "{{ host.state }}",
  "{{ host.state is undefined }}",
  "{{ host | to_json }}",
  "host: {{ host }}",
  "{{ list | join }}",
  "{{ list[1] }}",
  "{% for each in list %}{{ each }}{% endfor %}",
  "{% if result is success %}x{% endif %}",
  "{{ [host] | map(attribute='state') | list }}",
  "{{ lazy.state }}",
  "{{ lazy | to_json }}",
  "{{ lookup('vars', 'result') }}",
  "{{ true | ternary(result, 1) }}",
])("%s cannot be told yet", (source) => {
  const attempt = () => compileValue(source).resolve(scope);
  expect(attempt).toThrow(UnsettledValue);
  expect(attempt).toThrow(expect.objectContaining({ because: "the task has not run yet" }));
});

test("neither can a condition or a template file", () => {
  expect(() => compileExpression("result.rc == 0").evaluate(scope)).toThrow(UnsettledValue);
  expect(() => compileTemplate("{{ result.stdout }}").render(scope)).toThrow(UnsettledValue);
});

test.each([
  ["{{ host.address }}", "10.0.0.1"],
  ["{{ list[0] }}", "a"],
  ["{{ false and result }}", false],
  ["{{ 'x' if true else result }}", "x"],
  ["{{ lazy is defined }}", true],
])("%s does not reach it", (source, expected) => {
  expect(compileValue(source).resolve(scope)).toBe(expected);
});

test("what is handed on as it is may have such values inside", () => {
  expect(compileValue("{{ host }}").resolve(scope)).toEqual({ address: "10.0.0.1", state: open });
});
