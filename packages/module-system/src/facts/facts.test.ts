import { StepError, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { getent } from "./getent.ts";
import { packageFacts } from "./package-facts.ts";
import { serviceFacts } from "./service-facts.ts";
import { chosenSubsets, setup } from "./setup.ts";

const minimal = ["platform", "distribution", "user", "env", "date_time", "system", "systemd", "local"];

test.each([
  { words: ["all"], includes: [...minimal, "network", "mounts", "virtual"], excludes: [] },
  { words: ["min"], includes: minimal, excludes: ["network", "memory", "virtual"] },
  { words: ["!all"], includes: minimal, excludes: ["network", "memory"] },
  { words: ["!all", "!min", "network"], includes: ["network"], excludes: [...minimal, "memory"] },
  { words: ["!hardware"], includes: [...minimal, "network", "virtual"], excludes: ["memory", "mounts"] },
  { words: ["network"], includes: [...minimal, "network"], excludes: ["memory"] },
  {
    words: ["!all", "!min", "default_ipv4", "memtotal_mb"],
    includes: ["network", "memory"],
    excludes: ["mounts", "platform"],
  },
  { words: ["!facter", "!ohai"], includes: [...minimal, "network"], excludes: [] },
])("gather_subset $words", ({ words, includes, excludes }) => {
  const chosen = chosenSubsets(words);
  expect(chosen).toEqual(expect.arrayContaining(includes));
  for (const each of excludes) expect(chosen).not.toContain(each);
});

test("no such subset", () =>
  expect(() => chosenSubsets(["nonsense"])).toThrow(expect.objectContaining({ code: "setup/subset" })));

test("facts have their prefix, and only those that are asked for", () => {
  const subsets = [
    { kind: "facts", key: "memory", state: { facts: { memtotal_mb: 5, swaptotal_mb: 1, memory_mb: {} } } },
  ];
  const made = { before: { subsets }, after: { subsets }, changes: [], outputs: [] };
  const params = { gather_subset: ["all"], filter: ["ansible_*total_mb"], fact_path: "/x", gather_timeout: 10 };
  expect(setup.result?.(made, params)).toEqual({
    ansible_facts: { ansible_memtotal_mb: 5, ansible_swaptotal_mb: 1, gather_subset: ["all"], module_setup: true },
  });
});

const found = (state: object) => ({
  found: { kind: "getent", key: "", state: state as { readonly state: "present"; readonly lines: readonly string[] } },
});
const params = { database: "passwd", key: "root", fail_key: true };
const result = (state: object, more: object = {}) =>
  getent.result?.({ before: found(state), after: found(state), changes: [], outputs: [] }, { ...params, ...more });

test("getent: fields by the first one, and what comes twice as a list", () => {
  expect(result({ state: "present", lines: ["root:x:0:0:root:/root:/bin/bash"] })).toEqual({
    ansible_facts: { getent_passwd: { root: ["x", "0", "0", "root", "/root", "/bin/bash"] } },
  });
  expect(result({ state: "present", lines: ["10.0.0.1  web www", "10.0.0.1 db"] }, { database: "hosts" })).toEqual({
    ansible_facts: { getent_hosts: { "10.0.0.1": [["web", "www"], ["db"]] } },
  });
  expect(result({ state: "absent", because: "no-key" })).toMatchObject({
    ansible_facts: { getent_passwd: { root: null } },
  });
});

test("getent: a key that is not there fails, unless it may be missing", () => {
  const missing = found({ state: "absent", because: "no-key" });
  expect(() => getent.plan(missing, params)).toThrow(StepError);
  expect(getent.plan(missing, { ...params, fail_key: false })).toEqual([]);
  expect(() => getent.plan(found({ state: "absent", because: "no-database" }), { ...params, fail_key: false })).toThrow(
    StepError,
  );
  expect(getent.plan(found(unsettled("a user comes")), params)).toEqual([]);
});

test("lists of services and packages are facts", () => {
  const services = {
    list: {
      kind: "service-list",
      key: "all",
      state: {
        services: { "ssh.service": { name: "ssh.service", state: "running", status: "enabled", source: "systemd" } },
      },
    },
  };
  expect(serviceFacts.result?.({ before: services, after: services, changes: [], outputs: [] }, {})).toMatchObject({
    ansible_facts: { services: { "ssh.service": { state: "running" } } },
  });
  const none = { list: { kind: "package-list", key: "all", state: { packages: {} } } };
  expect(() => packageFacts.plan(none, { manager: ["auto"], strategy: "first" })).toThrow(
    expect.objectContaining({ code: "package-facts/no-manager" }),
  );
});
