import { expect, test } from "vitest";
import { closest, isSlip } from "./closest.ts";

test.each([
  ["hsots", ["hosts", "vars"], "did you mean hosts?"],
  ["nam", ["become", "name"], "did you mean name?"],
  ["moode", ["mode", "mood"], "did you mean mode?"],
  ["state", ["stat", "status"], "did you mean stat?"],
  ["x", ["name"], undefined],
  ["something-else-altogether", ["nothing-of-that-sort-at-all"], undefined],
  ["", [], undefined],
])("%s", (word, known, hint) => expect(closest(word, known)).toBe(hint));

test.each([
  ["nginx_prot", ["nginx_port"], true],
  ["nginx_port", ["nginx_ports"], true],
  ["port", ["prot"], false],
  ["nginx_host", ["nginx_port"], false],
])("is %s a slip of one of %j: %s", (word, known, isOne) => expect(isSlip(word, known)).toBe(isOne));
