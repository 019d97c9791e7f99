import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { file } from "./file.ts";
import { parseFiles } from "./parse-files.ts";
import { readFilesScript } from "./read-files.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-file-"));
const at = (name: string) => join(folder, name);
const files = {
  text: "hello\n\nworld",
  empty: "",
  "with space 'and quote'": "ä€\n",
  "line\nfeed": "fed",
  "back\\slash": "\\",
  "-n": "n",
};
for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
writeFileSync(at("binary"), Buffer.from([0, 1, 2, 255]));
writeFileSync(at("latin"), Buffer.from([0xe4, 10]));
writeFileSync(at("long"), "x".repeat(70_000));
writeFileSync(at("exactly"), "y".repeat(65_536));
writeFileSync(at("after"), "after the long one");
chmodSync(at("after"), 0o4750);
linkSync(at("after"), at("second name"));
mkdirSync(at("folder"));
mkdirSync(at("handed"));
chmodSync(at("handed"), 0o2775);
symlinkSync("text", at("link"));
symlinkSync("folder/../link", at("links link"));
symlinkSync("nowhere\nat all", at("dangling"));
execFileSync("sh", ["-c", 'mkfifo "$1"', "sh", at("fifo")]);

const names = [
  "text",
  "empty",
  "with space 'and quote'",
  "line\nfeed",
  "back\\slash",
  "-n",
  "binary",
  "latin",
  "long",
  "exactly",
];
const others = [
  "after",
  "second name",
  "folder",
  "link",
  "links link",
  "dangling",
  "fifo",
  "absent",
  "handed/new",
  "no/where",
];
const keys = [...names, ...others].map(at);

function ask(shell: readonly string[], asked: readonly string[], via?: "follow" | "long") {
  const [command = "sh", ...flags] = shell;
  const script = readFilesScript(asked, via);
  const output = execFileSync(command, [...flags, "-c", script], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, HOME: folder },
  });
  return parseFiles(output, asked, via);
}

test.each([[["sh"]], [["bash"]], [["bash", "--posix"]]])("what is there is read (%j)", (shell) => {
  const states = ask(shell, keys);
  const of = (name: string) => states.get(at(name));
  for (const [name, text] of Object.entries(files))
    expect(of(name), name).toMatchObject({ type: "file", text, size: Buffer.byteLength(text) });
  expect(of("text")).toMatchObject({ mode: "0644", owner: userInfo().username, uid: userInfo().uid });
  expect(of("binary")).toMatchObject({ sha256: hash("sha256", Buffer.from([0, 1, 2, 255])) });
  for (const name of ["binary", "latin", "long"]) expect(of(name), name).not.toHaveProperty("text");
  expect(of("exactly")).toMatchObject({ text: "y".repeat(65_536) });
  expect(of("after")).toMatchObject({ text: "after the long one", mode: "4750" });
  expect(of("second name")).toEqual(of("after"));
  expect(of("folder")).toMatchObject({ type: "directory" });
  expect(of("link")).toMatchObject({ type: "link", target: "text" });
  expect(of("dangling")).toMatchObject({ type: "link", target: "nowhere\nat all" });
  expect(of("fifo")).toMatchObject({ type: "other" });
  expect(of("absent")).toMatchObject({ type: "absent", owner: userInfo().username, uid: userInfo().uid });
  expect(of("handed/new")).toMatchObject({ type: "absent", inherits: true });
  expect(of("no/where")).toMatchObject({ type: "absent" });
});

test("a link may be asked about as what it leads to", () => {
  const states = ask(["sh"], keys, "follow");
  expect(states.get(at("links link"))).toMatchObject({ type: "file", text: files.text, path: at("text") });
  expect(states.get(at("dangling"))).toMatchObject({ type: "absent" });
  expect(states.get(at("text"))).toEqual({ type: "absent" });
  expect(ask(["sh"], [at("text")], "follow").get(at("text"))).toEqual({ type: "absent" });
});

test("long texts are read when that is asked for, and short ones are not read twice", () => {
  const states = ask(["sh"], keys, "long");
  expect(states.get(at("long"))).toMatchObject({ text: "x".repeat(70_000) });
  expect(states.get(at("exactly"))).toEqual({ type: "absent" });
  expect(ask(["sh"], [at("text"), at("absent")], "long").get(at("text"))).toEqual({ type: "absent" });
});

test("a home is found by the host", () => {
  expect(ask(["sh"], ["~/text", "~/no"]).get("~/text")).toMatchObject({ text: files.text, path: at("text") });
  expect(ask(["sh"], ["~/no"]).get("~/no")).toMatchObject({ type: "absent", path: at("no") });
  expect(ask(["sh"], ["~root"]).get("~root")).toMatchObject({ type: "directory", path: "/root" });
});

test.each(["relative", "", "~; reboot", "/nul\0byte"])("%j is no path to ask about", (key) => {
  expect(() => file.read([key])).toThrow();
});

test("asking about many starts no more processes than asking about few", () => {
  const shims = mkdtempSync(join(tmpdir(), "evenkeel-shims-"));
  const log = join(shims, "log");
  for (const name of ["stat", "sha256sum", "readlink", "cat", "find", "head", "id"]) {
    const real = execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    writeFileSync(join(shims, name), `#!/bin/sh\necho ${name} >>${log}\nexec ${real} "$@"\n`, { mode: 0o755 });
  }
  const started = (asked: readonly string[]) => {
    writeFileSync(log, "");
    execFileSync("sh", ["-c", file.read(asked)], { env: { ...process.env, PATH: `${shims}:${process.env.PATH}` } });
    return readFileSync(log, "utf8").trim().split("\n").sort();
  };
  const plain = keys.filter((key) => !/[\n\\]/.test(key));
  expect(started([at("text"), at("link"), at("absent")])).toEqual(["cat", "readlink", "sha256sum", "stat"]);
  expect(started(plain)).toEqual(["cat", "readlink", "sha256sum", "stat"]);
});
