import { expect, test } from "vitest";
import { carriedSettings } from "./apt-settings.ts";

test("carries how packages are reached, and nothing else", () => {
  const dump = [
    'Acquire::Check-Valid-Until "false";',
    'Acquire::http::Proxy "http://proxy.example:3128";',
    'Acquire::http::Proxy::direct.example "DIRECT";',
    'Acquire::Languages "none";',
    'DPkg::Post-Invoke:: "rm -f /everything";',
    'Acquire::https "";',
  ].join("\n");
  expect(carriedSettings(dump)).toBe(`${dump.split("\n").slice(0, 3).join("\n")}\n`);
});
