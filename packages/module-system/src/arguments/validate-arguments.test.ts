import { expect, test } from "vitest";
import type { ArgumentSpec } from "./argument-spec.ts";
import { validateArguments } from "./validate-arguments.ts";

const conf: ArgumentSpec[string] = {
  type: "dict",
  options: {
    user: { type: "str", required: true, aliases: ["usr"] },
    port: { type: "int" },
    kind: { choices: ["p", "q"] },
    deep: { type: "dict", options: { z: { type: "int", required: true } } },
  },
  required_together: [["user", "port"]],
  mutually_exclusive: [["port", "kind"]],
  required_if: [["kind", "p", ["port"]]],
};
const spec: ArgumentSpec = {
  name: { type: "str", required: true },
  port: { type: "int", default: 80 },
  ratio: { type: "float" },
  flag: { type: "bool" },
  names: { type: "list", elements: "str" },
  numbers: { type: "list", elements: "int" },
  mode: { type: "str", choices: ["a", "b"] },
  pick: { type: "list", elements: "str", choices: ["x", "y"] },
  conf,
  items: { type: "list", elements: "dict", options: { id: { type: "int", required: true } } },
  any: { type: "raw" },
  size: { type: "bytes" },
  js: { type: "json" },
};

/** What is accepted and refused, and most of the words, were compared with ansible-core 2.19. */
test.each([
  [{ name: "x" }, []],
  [{}, ["missing required arguments: name"]],
  [
    {
      ...{ name: 1, port: "81", ratio: "1.5", flag: "yes", names: "a,b", numbers: ["1", 2], mode: "a", pick: ["x"] },
      ...{ conf: { usr: "u", port: "1" }, items: [{ id: 1 }], any: { a: 1 }, size: "1M", js: '{"a":1}' },
    },
    [],
  ],
  [{ name: ["a"], names: [1, true, [2]], port: true, ratio: 3 }, []],
  [{ name: null, names: 5 }, []],
  [{ name: "x", conf: "user=a port=2" }, []],
  [
    { name: "x", port: "abc", ratio: "q", flag: "maybe", mode: "c", pick: ["x", "z"], numbers: ["a"] },
    [
      "argument 'port' is of type str and we were unable to convert to int: 'abc' cannot be converted to an int",
      "argument 'ratio' is of type str and we were unable to convert to float: str cannot be converted to a float",
      "argument 'flag' is of type str and we were unable to convert to bool: The value 'maybe' is not a valid boolean.",
      "Elements value for option 'numbers' is of type str and we were unable to convert to int: 'a' cannot be converted to an int",
      "value of mode must be one of: a, b, got: c",
      "value of pick must be one or more of: x, y. Got no match for: z",
    ],
  ],
  [{ name: "x", conf: { user: "a" } }, ["parameters are required together: user, port found in conf"]],
  [
    { name: "x", conf: { port: 1, kind: "p" } },
    [
      "parameters are mutually exclusive: port|kind found in conf",
      "missing required arguments: user found in conf",
      "parameters are required together: user, port found in conf",
    ],
  ],
  [{ name: "x", conf: { user: "a", port: 1, deep: { z: false } } }, []],
  [{ name: "x", conf: { user: "a", port: 1, deep: {} } }, ["missing required arguments: z found in conf -> deep"]],
  [
    { name: "x", conf: { user: "a", port: 1, nope: 2 } },
    ["conf.nope. Supported parameters include: deep, kind, port, user (usr)."],
  ],
  [
    { name: "x", conf: { user: "a", kind: "p" } },
    [
      "parameters are required together: user, port found in conf",
      "kind is p but all of the following are missing: port found in conf",
    ],
  ],
  [
    { name: "x", items: [{ id: "a" }, {}] },
    [
      "argument 'id' is of type str found in items, and we were unable to convert to int: 'a' cannot be converted to an int",
      "missing required arguments: id found in items",
    ],
  ],
  [
    { name: "x", items: [1] },
    [
      "Elements value for option 'items' is of type int and we were unable to convert to dict: int cannot be converted to a dict",
      "value of 'items' must be of type dict or list of dicts",
    ],
  ],
  [
    { name: "x", conf: [1] },
    ["argument 'conf' is of type list and we were unable to convert to dict: list cannot be converted to a dict"],
  ],
  [
    { name: "x", unknown: 1, other: 2 },
    [
      "other, unknown. Supported parameters include: any, conf, flag, items, js, mode, name, names, numbers, pick, port, ratio, size.",
    ],
  ],
  [
    { name: "x", port: 1.5, flag: 5, size: "zz" },
    [
      "argument 'port' is of type float and we were unable to convert to int: 1.5 cannot be converted to an int",
      "argument 'flag' is of type int and we were unable to convert to bool: The value '5' is not a valid boolean.",
      "argument 'size' is of type str and we were unable to convert to bytes: str cannot be converted to a Byte value",
    ],
  ],
])("%j: %j", (values, errors) => expect(validateArguments(spec, values)).toEqual(errors));

test.each([
  [{ required_one_of: [["a", "b"]] }, {}, ["one of the following is required: a, b found in o"]],
  [{ required_by: { a: "b" } }, { a: "1" }, ["missing parameter(s) required by 'a': b found in o"]],
  [
    { required_if: [["a", "1", ["b", "c"], true]] },
    { a: "1" },
    ["a is 1 but any of the following are missing: b, c found in o"],
  ],
  [{ required_if: [["a", "1", ["b", "c"], true]] }, { a: "1", c: "1" }, []],
  [{ mutually_exclusive: ["a", "b"] }, { a: "1", b: "2" }, ["parameters are mutually exclusive: a|b found in o"]],
] as const)("%j of %j: %j", (rules, values, errors) => {
  const options = { a: {}, b: {}, c: {} };
  expect(validateArguments({ o: { type: "dict", options, ...rules } }, { o: values })).toEqual(errors);
});

test("what is given stays as it is", () => {
  const values = { name: "x", port: "81", numbers: ["1"], conf: { usr: "u", port: "1" } };
  const before = JSON.stringify(values);
  validateArguments(spec, values);
  expect(JSON.stringify(values)).toBe(before);
});
