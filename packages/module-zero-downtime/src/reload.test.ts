import { moduleLaws } from "@evenkeel/conformance";
import { kinds } from "@evenkeel/kinds";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { maintenance } from "./maintenance.ts";
import { reload } from "./reload.ts";

const whole = (params: object) => Value.Default(reload.params, structuredClone(params)) as never;
const at = (key: string, state: object) => ({ current: { kind: "unit", key, state } }) as never;
const running = { state: "present", isActive: true };

test.each([
  [{ service: "nginx" }, "nginx.service"],
  [{ service: "bind" }, "named.service"],
  [{ service: "php-fpm", unit: "php8.4-fpm" }, "php8.4-fpm.service"],
  [{ service: "unit", unit: "shop.service" }, "shop.service"],
])("%j reloads %s, each time", (params, key) => {
  expect(reload.observe(whole(params)).current).toMatchObject({ kind: "unit", key });
  expect(reload.plan(at(key, running), whole(params))).toMatchObject([
    {
      action: "reload",
      key,
      interrupts: "reload",
      steps: [{ do: "reload.proven", data: { unit: key, how: "anyway" } }],
    },
  ]);
});

test("measured, it is another step", () => {
  const params = whole({ service: "nginx", measure: { url: "http://x/" } });
  expect(reload.plan(at("nginx.service", running), params)).toMatchObject([
    { steps: [{ do: "zero_downtime.measured", data: { measure: { rate: 20, seconds: 3, failures: 0 } } }] },
  ]);
});

test("a mistake is told", () => {
  expect(() => reload.observe(whole({ service: "unit" }))).toThrow("which unit");
  expect(() => reload.plan(at("nginx.service", { state: "absent" }), whole({ service: "nginx" }))).toThrow(
    "there is no nginx.service",
  );
});

const file = (text: string) => ({ type: "file", mode: "0644", text, sha256: "0" });
const closable = file("server { include /etc/nginx/evenkeel/maintenance/shop.[c]onf; }");
const absent = { type: "absent" };
const planned = (state: string, states: readonly object[]) => {
  const params = Value.Default(maintenance.params, { site: "shop", state }) as never;
  const entries = Object.entries(maintenance.observe(params)).map(([name, query], index) => [
    name,
    { ...query, state: states[index] },
  ]);
  return maintenance.plan(Object.fromEntries(entries), params).map(({ action, key }) => `${action} ${key}`);
};

test("what closes a site comes last, and goes first", () => {
  const names = [
    "evenkeel/maintenance/shop.html",
    "conf.d/00-maintenance-shop.conf",
    "evenkeel/maintenance/shop.conf",
  ].map((name) => `/etc/nginx/${name}`);
  expect(planned("on", [closable, absent, absent, absent])).toEqual([
    ...names.map((name) => `ensure ${name}`),
    "reload nginx.service",
  ]);
  expect(planned("off", [closable, file(""), file(""), file("")])).toEqual([
    ...names
      .slice(1)
      .toReversed()
      .map((name) => `remove ${name}`),
    "reload nginx.service",
    `remove ${names[0]}`,
  ]);
  expect(planned("off", [closable, absent, absent, absent])).toEqual([]);
});

test("a site that does not look whether it is closed is not closed in vain", () => {
  expect(() => planned("on", [file("server {}"), absent, absent, absent])).toThrow("is no site that can be closed");
  expect(() => planned("on", [absent, absent, absent, absent])).toThrow("is no site that can be closed");
});

const examples = [{ params: whole({ service: "nginx" }), states: [running] }];
for (const { name, check } of moduleLaws(reload, kinds, examples)) test(name, check);
const closing = [{ params: Value.Default(maintenance.params, { site: "shop" }) as never, states: [closable, absent] }];
for (const { name, check } of moduleLaws(maintenance, kinds, closing)) test(name, check);
