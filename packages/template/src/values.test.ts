import { expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import { LazyDict } from "./python/dict.ts";
import { Float, float } from "./python/float.ts";
import { compileValue, dateTime, isTrue, repr, toText } from "./templates.ts";

const asked: string[] = [];
const hostvars = new LazyDict({
  keys: () => ["web1", "db1"],
  get: (host) => {
    asked.push(host);
    return host === "web1" || host === "db1" ? { address: `${host}.example` } : undefined;
  },
});
const scope = scopeOf({
  whole: float(2),
  half: float(0.5),
  count: 2,
  huge: 2n ** 70n,
  ports: new Map<unknown, unknown>([
    [80, "http"],
    ["x", "y"],
  ]),
  odd: { "2": "two", "1": "one" },
  when: dateTime({ date: [2026, 1, 2], time: [3, 4, 5, 0] }),
  hostvars,
  hosts: ["db1"],
});
const resolve = (source: string) => compileValue(source).resolve(scope);

test("floats that are whole stay floats", () => {
  expect(float(0.5)).toBe(0.5);
  expect(float(2)).toEqual(new Float(2));
  expect(resolve("{{ whole }} {{ count }} {{ half }} {{ whole * count }} {{ 4 / 2 }}")).toBe("2.0 2 0.5 4.0 2.0");
  expect(resolve("{{ whole == count }} {{ whole is integer }} {{ whole is float }}")).toBe("True False True");
  expect(resolve("{{ whole | int }}")).toBe(2);
  expect(JSON.stringify(resolve("{{ {'a': whole} }}"))).toBe('{"a":2}');
});

test("ints are as big as they need to be", () => {
  expect(resolve("{{ huge + 1 }}")).toBe(2n ** 70n + 1n);
  expect(resolve("{{ 2 ** 53 + 1 }}")).toBe(2n ** 53n + 1n);
  expect(resolve("{{ (huge // 2 ** 60) }}")).toBe(1024);
});

test("dicts whose keys are not texts are Maps, the others plain objects", () => {
  expect(resolve("{{ ports[80] }}")).toBe("http");
  expect(resolve("{{ ports }}")).toEqual(
    new Map<unknown, unknown>([
      [80, "http"],
      ["x", "y"],
    ]),
  );
  expect(resolve("{{ {'a': {'b': 1}} }}")).toStrictEqual({ a: { b: 1 } });
  expect(resolve("{{ {1: 2} }}")).toEqual(new Map([[1, 2]]));
});

test("a lazy dict is asked for no more than is used", () => {
  expect(resolve("{{ hostvars['web1'].address }}")).toBe("web1.example");
  expect(asked).toEqual(["web1"]);
  expect(resolve("{{ hosts | map('extract', hostvars, ['address']) | list }}")).toEqual(["db1.example"]);
  expect(asked).toEqual(["web1", "db1"]);
  expect(resolve("{{ hostvars | length }} {{ 'web1' in hostvars }} {{ hostvars.keys() | list | join(',') }}")).toBe(
    "2 True web1,db1",
  );
  expect(asked).toEqual(["web1", "db1"]);
  expect(resolve("{{ hostvars.nope is defined }}")).toBe(false);
});

test("dates come in as dates", () => {
  expect(resolve("{{ when }}|{{ when.year }}|{{ when.strftime('%d.%m.') }}|{{ [when] }}")).toBe(
    "2026-01-02 03:04:05|2026|02.01.|[datetime.datetime(2026, 1, 2, 3, 4, 5)]",
  );
});

test("how Python prints, and what it takes for true", () => {
  expect(repr(["a", null, true, { b: new Float(1) }])).toBe("['a', None, True, {'b': 1.0}]");
  expect(toText("a")).toBe("a");
  expect(["", 0, [], {}, null, new Map(), new Float(0)].map(isTrue)).toEqual(Array(7).fill(false));
  expect(["0", -1, [0], { a: 0 }, new Float(0.5), 1n].map(isTrue)).toEqual(Array(6).fill(true));
});

test("a text without tags is itself", () => {
  const value = compileValue("plain } text { with % and #");
  expect(value.isTemplate).toBe(false);
  expect(value.resolve(scope)).toBe("plain } text { with % and #");
  expect(compileValue("{# note #}").isTemplate).toBe(true);
});
