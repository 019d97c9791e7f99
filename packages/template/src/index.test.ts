import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { hasMarkers, loadTemplates } from "./index.ts";

test("the engine is loaded when it is asked for", async () => {
  const { compileValue, BUILTIN_NAMES } = await loadTemplates();
  expect(compileValue("{{ 1 + 1 }}").resolve({ has: () => false, get: () => undefined })).toBe(2);
  expect(BUILTIN_NAMES.filters).toContain("to_nice_yaml");
  expect(BUILTIN_NAMES.tests).toContain("defined");
  expect(BUILTIN_NAMES.lookups).toContain("first_found");
});

test.each([
  ["{{ a }}", true],
  ["a {% b %}", true],
  ["{# c #}", true],
  ["plain", false],
  ["{ {a} }", false],
  ["100 %}", false],
  ["#}{", false],
])("%j has markers: %s", (text, expected) => {
  expect(hasMarkers(text)).toBe(expected);
});

test("the index loads neither nunjucks nor the filters", () => {
  const url = new URL("./index.ts", import.meta.url).href;
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import(${JSON.stringify(url)});
    console.log(JSON.stringify(loaded));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  const own = (JSON.parse(printed) as string[]).filter((each) => each.includes("/template/src/"));
  expect(own.length).toBeGreaterThan(5);
  expect(own.length).toBeLessThan(25);
  expect(printed).not.toMatch(/nunjucks|\/filters\/|\/lookups\/lookups/);
});
