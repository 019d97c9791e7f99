import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Observed } from "@evenkeel/core";
import { isUnsettled, Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { FileState } from "../file/file-state.ts";
import { nginxFile } from "./nginx-file.ts";
import { nginxServer } from "./nginx-server.ts";

const key = "/etc/nginx/conf.d/a.conf";
const at = (state: Observed<FileState>["state"]): Observed<FileState> => ({ kind: "nginx_file", key, state });
const content = [{ text: "gzip on;" }];
const text = "gzip on;\n";
const host = { version: "1.26.3" };
const wanted = { type: "file", content, mode: "0644", host } as const;
const there = { type: "file", mode: "0644", owner: "root", text, sha256: hash("sha256", text) } as const;

const rows = [
  { name: "absent", state: { type: "absent" }, desired: wanted, action: "ensure" },
  { name: "as wanted", state: there, desired: wanted },
  { name: "another text", state: { ...there, text: "x", sha256: "0" }, desired: wanted, action: "ensure" },
  { name: "another mode", state: { ...there, mode: "0600" }, desired: wanted, action: "ensure" },
  { name: "unsettled", state: unsettled("a task brings it"), desired: wanted, action: "ensure" },
  { name: "to go", state: there, desired: { type: "absent" }, action: "remove" },
  { name: "gone", state: { type: "absent" }, desired: { type: "absent" } },
  {
    name: "a certificate of the host's own",
    state: { ...there, mode: "0600" },
    desired: { type: "self-signed", names: ["a"] },
  },
] as const;

test.each(rows)("$name", ({ state, desired, ...row }) => {
  const [change] = nginxFile.ensure(at(state), desired);
  expect(change?.action).toBe("action" in row ? row.action : undefined);
  if (change === undefined || isUnsettled(state)) return;
  expect(nginxFile.isAsPlanned(state, change.after)).toBe(false);
  expect(change.undo).toHaveLength(1);
});

test("undo writes what was there; what nobody has read comes back from the host's copy", () => {
  const undo = (state: FileState) => nginxFile.ensure(at(state), { type: "self-signed", names: ["a"] })[0]?.undo;
  expect(undo({ ...there, mode: "0644" })).toMatchObject([
    { data: { what: "file", content: text, mode: "0644", isUndo: true } },
  ]);
  expect(undo({ type: "file", mode: "0644", sha256: "1" })?.[0]).not.toHaveProperty("data.content");
  expect(undo({ type: "link", target: "../x" })).toMatchObject([{ data: { what: "link", content: "../x" } }]);
});

test("while there is no nginx, lines that depend on it are not promised", () => {
  const conditional = [{ text: "http2 on;", when: { since: "1.25.1" } }];
  const [change] = nginxFile.ensure(at({ type: "absent" }), {
    ...wanted,
    content: conditional,
    host: { version: "1.26.3", isGuess: true },
  });
  expect(change?.after).toMatchObject({ text: "http2 on;\n" });
  expect(change?.after).not.toHaveProperty("sha256");
});

test("a key is nowhere shown", () => {
  const [change] = nginxFile.ensure(at({ type: "absent" }), { ...wanted, content: new Secret("the key") });
  expect(JSON.stringify(change)).not.toContain("the key");
});

test("what a task reloads itself leaves nothing to the end of the play; what a cut run left does", () => {
  const [change] = nginxFile.ensure(at({ type: "absent" }), { ...wanted, isReloadedHere: true });
  expect(change && nginxFile.finish?.([change])).toEqual([]);
  expect(change && nginxFile.finish?.([change, ...nginxFile.ensure(at({ type: "absent" }), wanted)])).toHaveLength(1);
  expect(nginxFile.finish?.([])).toHaveLength(1);
});

test("any number of changes are one reload, and an old nginx has its remark", () => {
  const changes = (version: string) => nginxFile.ensure(at({ type: "absent" }), { ...wanted, host: { version } });
  expect(nginxFile.finish?.([...changes("1.30.6"), ...changes("1.30.6")])).toMatchObject([
    { kind: "unit", key: "nginx.service", action: "reload", interrupts: "reload" },
  ]);
  const remarks = ["1.22.1", "1.27.4"].map((version) =>
    JSON.stringify(nginxFile.finish?.(changes(version))).includes("POST"),
  );
  expect(remarks).toEqual([true, false]);
});

test.each([
  "/etc/passwd",
  "/etc/nginx/../passwd",
  "/etc/nginx/.hidden",
  "/etc/nginx/a b",
  "/etc/nginx/a;b",
  "/etc/nginx",
])("%s is no file of nginx's", (path) => {
  expect(() => nginxFile.read([path])).toThrow(expect.objectContaining({ code: "nginx/path" }));
});

test("what is said of nginx is read", () => {
  const parse = (said: string) => nginxServer.parse(Buffer.from(said), ["nginx"]).get("nginx");
  expect(parse("ipv6\nnginx 1.26.3\nopenssl 3.5.4\nmodules-enabled\nstock-site\n")).toEqual({
    ...{ state: "present", version: "1.26.3", openssl: "3.5.4", hasIpv6: true },
    ...{ hasStockSite: true, readsModulesEnabled: true, saysShutdownTimeout: false },
  });
  expect(parse("")).toEqual({ state: "absent", hasIpv6: false });
});

test.each([
  "tree.sh",
  "put.sh",
  "read-server.sh",
  "../reload/reload-nginx.sh",
  "../reload/processes.sh",
  "../reload/proven-files.sh",
  "../reload/reload-unit.sh",
])("a shell takes %s", (name) => {
  execFileSync("sh", ["-n"], { input: readFileSync(new URL(name, import.meta.url)) });
});
