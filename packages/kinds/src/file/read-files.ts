import { hash } from "node:crypto";
import { InputError, quoteAll } from "@evenkeel/core";
import type { FileState, PresentFile } from "./file-state.ts";

/** Of longer files only the sum is read: nobody reads their diff. */
const SHOWN_UP_TO = 65_536;

/** Three forks, however many files: their attributes, their sums, their beginnings. */
export function readFilesScript(paths: readonly string[]): string {
  for (const path of paths) checkPath(path);
  return `set --
for path in ${quoteAll(paths)}; do
  if [ -L "$path" ]; then links="$links$path
$(readlink "$path")
"; elif [ -f "$path" ]; then set -- "$@" "$path"; fi
done
stat -c '%f %U %G %s %n' -- ${quoteAll(paths)} 2>/dev/null
echo; printf %s "$links"; echo
[ $# -eq 0 ] || sha256sum -- "$@"
echo; [ $# -eq 0 ] || head -q -c ${SHOWN_UP_TO} -- "$@"`;
}

/** Reads what that script printed. */
export function parseFiles(output: Uint8Array, paths: readonly string[]): ReadonlyMap<string, FileState> {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  const sections = splitAtBlankLines(bytes, 3);
  const [stats = "", links = "", sums = ""] = sections.texts;
  const targets = pairs(links.split("\n"));
  const sumOf = new Map(sums.split("\n").map((line) => [line.slice(66), line.slice(0, 64)]));
  const states = new Map<string, FileState>(paths.map((path) => [path, { type: "absent" }]));
  const sizes = new Map<string, number>();
  for (const line of stats.split("\n")) {
    const [, bits, owner = "", group = "", size, path = ""] = /^([0-9a-f]+) (\S+) (\S+) (\d+) (.*)$/.exec(line) ?? [];
    if (bits === undefined || !states.has(path)) continue;
    const target = targets.get(path);
    const sha256 = sumOf.get(path);
    states.set(path, {
      ...typeAndMode(Number.parseInt(bits, 16)),
      owner,
      group,
      ...(sha256 && { sha256 }),
      ...(target && { target }),
    });
    sizes.set(path, Number(size));
  }
  addTexts(states, sizes, sections.rest);
  return states;
}

function typeAndMode(bits: number): PresentFile {
  const mode = (bits & 0o7777).toString(8).padStart(4, "0");
  return { type: types.get(bits & 0o170000) ?? "other", mode };
}

const types = new Map([
  [0o100000, "file"],
  [0o040000, "directory"],
  [0o120000, "link"],
] as const) as ReadonlyMap<number, "file" | "directory" | "link">;

/** The beginnings come one after the other, each as long as its file or the limit; the sum tells whether it is whole. */
function addTexts(states: Map<string, FileState>, sizes: ReadonlyMap<string, number>, beginnings: Buffer): void {
  let at = 0;
  for (const [path, state] of states) {
    if (state.type !== "file") continue;
    const bytes = beginnings.subarray(at, at + Math.min(sizes.get(path) ?? 0, SHOWN_UP_TO));
    at += bytes.length;
    if (hash("sha256", bytes) === state.sha256 && isText(bytes)) states.set(path, { ...state, text: bytes.toString() });
  }
}

function isText(bytes: Buffer): boolean {
  return !bytes.includes(0) && Buffer.from(bytes.toString()).equals(bytes);
}

function splitAtBlankLines(bytes: Buffer, count: number): { texts: string[]; rest: Buffer } {
  const texts: string[] = [];
  let rest = bytes;
  for (let i = 0; i < count; i++) {
    const end = rest[0] === 0x0a ? 0 : rest.indexOf("\n\n");
    texts.push(rest.toString("utf8", 0, Math.max(0, end)));
    rest = end < 0 ? rest.subarray(rest.length) : rest.subarray(end + (end === 0 ? 1 : 2));
  }
  return { texts, rest };
}

function pairs(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < lines.length; at += 2) found.set(lines[at] ?? "", lines[at + 1] ?? "");
  return found;
}

function checkPath(path: string): void {
  if (path.startsWith("/") && !/[\n\\]/.test(path)) return;
  throw new InputError({
    code: "file/path",
    message: `not an absolute path that we can ask about: ${JSON.stringify(path)}`,
    hint: "a path on a host begins with `/` and holds no line feed and no backslash",
  });
}
