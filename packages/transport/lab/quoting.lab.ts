import { quoteAll } from "@evenkeel/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hosts } from "./behaviour/way.ts";
import { Stage } from "./stage.ts";

/** Ten thousand words of all kinds come out of every shell as they went in (S8). */
let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set(...hosts);
  await stage.host("bookworm").shell("ln -sf bash /bin/sh");
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const nasty = [
  "'",
  '"',
  "$(id)",
  "`id`",
  "$HOME",
  "\\",
  "\n",
  "-n",
  "--",
  "*",
  "?",
  "[a]",
  "~",
  "!",
  "#",
  "&",
  "|",
  ";",
  "%s",
  "\x1e",
  "\x7f",
  "é",
  "\u{1F600}",
  "\ufeff",
  "\r",
  "\t",
  "{a,b}",
  "=",
  "''",
];
const piece = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const word = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("").replaceAll("\0", "").toWellFormed());
const words = [
  ...fc.sample(word, { numRuns: 10_000, seed: 20261120 }),
  "",
  "x".repeat(100 * 1024),
  "'".repeat(25 * 1024),
];

/** As many words in one command line as its longest argument may hold: 128 KiB. A word that is too long alone is left out. */
function* groups(wrap: (script: string) => string): Generator<string[]> {
  let group: string[] = [];
  for (const each of words) {
    if (fits([...group, each], wrap) && group.length < 250) group.push(each);
    else {
      if (group.length > 0) yield group;
      group = fits([each], wrap) ? [each] : [];
    }
  }
  if (group.length > 0) yield group;
}

function fits(group: readonly string[], wrap: (script: string) => string): boolean {
  // A shell's own printf has no such limit.
  return wrap("") === "" || Buffer.byteLength(wrap(quoteAll(group))) < 120_000;
}

const inSudo = (script: string) => quoteAll(["sudo", "sh", "-c", script]);
const inShell = (shell: string) => (script: string) => quoteAll([...shell.split(" "), "-c", script]);

test.each([
  { name: "dash", to: "trixie", wrap: (script: string) => script },
  { name: "bash as sh", to: "bookworm", wrap: (script: string) => script },
  { name: "busybox sh", to: "tiny", wrap: (script: string) => script },
  { name: "bash", to: "trixie", wrap: inShell("bash") },
  { name: "sudo sh -c", to: "trixie", wrap: inSudo, user: "deploy" },
  { name: "sudo sh -c, bash", to: "bookworm", wrap: inSudo, user: "deploy" },
])("through $name", async ({ to, wrap, user = "root" }) => {
  const all = [...groups(wrap)];
  expect(all.flat().length).toBeGreaterThanOrEqual(10_000);
  const reads = all.map((group) => ({ script: wrap(`printf '%s\\0' ${quoteAll(group)}`) }));
  const answers = await stage.connect(stage.host(to), { user }).exchange(reads);
  for (const [at, answer] of answers.entries()) {
    expect(`${answer.stderr}`).toBe("");
    expect(answer.stdout.equals(Buffer.from(all[at]?.map((each) => `${each}\0`).join("") ?? ""))).toBe(true);
  }
});
