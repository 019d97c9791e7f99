import { textArgument } from "../python/arguments.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { tuple } from "../python/tuple.ts";

const onPath = (change: (path: string) => unknown) => native("value", (value) => change(textArgument(value, "a path")));

/** Python's ntpath as filters. */
export const windowsPathFilters: Readonly<Record<string, Native>> = {
  win_basename: onPath((path) => split(path)[1]),
  win_dirname: onPath((path) => split(path)[0]),
  win_splitdrive: onPath((path) => tuple(...splitDrive(path))),
};

/** `C:` or `\\server\share`, and the rest. */
function splitDrive(path: string): readonly [string, string] {
  const drive = /^(?:[\\/]{2}[^\\/]+[\\/][^\\/]*|[\s\S]:)/.exec(path)?.[0] ?? "";
  return [drive, path.slice(drive.length)];
}

function split(path: string): readonly [string, string] {
  const [drive, rest] = splitDrive(path);
  const end = Math.max(rest.lastIndexOf("/"), rest.lastIndexOf("\\")) + 1;
  const head = rest.slice(0, end);
  return [drive + (head.replace(/[\\/]+$/, "") || head), rest.slice(end)];
}
