import type { Change, Observed, RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, StepError } from "@evenkeel/core";

/** What is mounted at a folder. */
export type MountState =
  | { readonly state: "absent" /** The folder is there. */; readonly hasFolder?: boolean }
  | {
      readonly state: "present";
      readonly source?: string;
      readonly root?: string;
      readonly fstype?: string;
      readonly options?: string;
    };

export type DesiredMount =
  | {
      readonly state: "present";
      /** As fstab has it, or as is said here. */
      readonly from:
        | { readonly fstab: string }
        | { readonly source: string; readonly fstype: string; readonly options: string };
    }
  | { readonly state: "absent" /** The folder goes, too, when it is empty. */; readonly removesFolder?: boolean };

/** What is mounted, by the folder's absolute path. */
export const mount = defineKind<MountState, DesiredMount>({
  name: "mount",
  read(paths) {
    for (const path of paths) checkPath(path);
    return `for path in ${quoteAll(paths)}; do if [ -d "$path" ]; then echo folder; else echo none; fi; done\ncat /proc/self/mountinfo`;
  },
  parse(output, paths) {
    const lines = Buffer.from(output).toString().split("\n");
    const mounts = new Map(lines.slice(paths.length).flatMap(mountOf));
    return new Map(
      paths.map((path, index): [string, MountState] => [
        path,
        mounts.get(path) ?? { state: "absent", ...(lines[index] === "folder" && { hasFolder: true }) },
      ]),
    );
  },
  ensure(actual, desired) {
    const { state } = actual;
    const isMounted = isUnsettled(state) ? undefined : state.state === "present";
    const isFolderLeft =
      desired.state === "absent" &&
      desired.removesFolder &&
      !isUnsettled(state) &&
      state.state === "absent" &&
      state.hasFolder;
    if (isMounted === (desired.state === "present") && !isFolderLeft) return [];
    return [
      desired.state === "present" ? attach(actual, desired.from) : detach(actual, desired.removesFolder ?? false),
    ];
  },
  isAsPlanned: (actual, after) =>
    actual.state === after.state &&
    !(after.state === "absent" && after.hasFolder === false && actual.state === "absent" && actual.hasFolder),
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["file"],
  unsettles: ({ key }) => [
    { kind: "file", under: key, because: `something is mounted at ${key}, or no longer` },
    { kind: "file", key, isDoubt: true, because: `something is mounted at ${key}, or no longer` },
  ],
  describe: (state) =>
    state.state === "absent"
      ? { state: "not mounted" }
      : {
          state: "mounted",
          ...(state.source !== undefined && { source: state.source }),
          ...(state.fstype !== undefined && { type: state.fstype }),
          ...(state.options !== undefined && { options: state.options }),
        },
});

/** Mounts again what is mounted, as fstab has it now; an act. */
export function remount(actual: Observed<MountState>, fstab: string, options?: string): Change<MountState> {
  const { kind, key, state } = actual;
  const script = `mount -o "remount$3" -- "$1" || { umount -- "$1" && mount $2 -- "$1"; }`;
  const words = [key, fstab === "/etc/fstab" ? "" : `-T ${fstab}`, options === undefined ? "" : `,${options}`];
  const steps: RunStep[] = [{ do: "run", argv: ["sh", "-c", script, "evenkeel-remount", ...words] }];
  return {
    kind,
    key,
    action: "reload",
    before: state,
    after: { state: "present" },
    steps,
    undo: [],
    interrupts: "reload",
  };
}

function attach(
  { kind, key, state }: Observed<MountState>,
  from: (DesiredMount & { readonly state: "present" })["from"],
): Change<MountState> {
  const isFstab = "fstab" in from;
  const words = isFstab
    ? [...(from.fstab === "/etc/fstab" ? [] : ["-T", from.fstab]), "--", key]
    : ["-t", from.fstype, ...(from.options === "defaults" ? [] : ["-o", from.options]), "--", from.source, key];
  const hasFolder = !isUnsettled(state) && state.state === "absent" && state.hasFolder === true;
  const script = `mkdir -p -- "$1" && shift && mount "$@"`;
  const after: MountState = { state: "present", ...(isFstab ? {} : { source: from.source, fstype: from.fstype }) };
  return {
    ...{ kind, key, action: "ensure", before: state, after, interrupts: "nothing" },
    steps: [{ do: "run", argv: ["sh", "-c", script, "evenkeel-mount", key, ...words] }],
    undo: isUnsettled(state) ? [] : [run("umount", "--", key), ...(hasFolder ? [] : [run("rmdir", "--", key)])],
  };
}

function detach({ kind, key, state }: Observed<MountState>, removesFolder: boolean): Change<MountState> {
  const was = isUnsettled(state) || state.state === "absent" ? undefined : state;
  const isOnlyFolder = !isUnsettled(state) && state.state === "absent";
  return {
    ...{
      kind,
      key,
      action: "remove",
      before: state,
      undo: isOnlyFolder ? [run("mkdir", "-p", "--", key)] : backTo(key, was),
    },
    after: { state: "absent", ...(removesFolder && { hasFolder: false }) },
    steps: [...(isOnlyFolder ? [] : [run("umount", "--", key)]), ...(removesFolder ? [run("rmdir", "--", key)] : [])],
    interrupts: isOnlyFolder ? "nothing" : "outage",
  };
}

/** What is known well enough is mounted again; a folder bound to another is not. */
function backTo(key: string, was: (MountState & { readonly state: "present" }) | undefined): readonly RunStep[] {
  if (was?.source === undefined || was.fstype === undefined || (was.root !== undefined && was.root !== "/")) return [];
  const words = ["-t", was.fstype, "-o", was.options ?? "defaults", "--", was.source, key];
  return [run("sh", "-c", 'mkdir -p -- "$1" && shift && mount "$@"', "evenkeel-mount", key, ...words)];
}

/** A line of mountinfo: what follows the dash is the type and the source. The last of several at one place is what is seen. */
function mountOf(line: string): [string, MountState][] {
  const [head = "", tail = ""] = line.split(" - ");
  const [, , , root = "", path = "", options = ""] = head.split(" ");
  const [fstype = "", source = ""] = tail.split(" ");
  if (path === "") return [];
  return [
    [
      unescapeOctal(path),
      { state: "present", source: unescapeOctal(source), root: unescapeOctal(root), fstype, options },
    ],
  ];
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function run(...argv: string[]): RunStep {
  return { do: "run", argv };
}

function checkPath(path: string): void {
  if (path.startsWith("/") && !path.includes("\n") && (path === "/" || !path.endsWith("/"))) return;
  const facts = { code: "mount/path", message: `not an absolute path to mount at: ${JSON.stringify(path)}` };
  if (path === "none" || path === "")
    throw new StepError({ ...facts, hint: "swap is only written to fstab: state present" });
  throw new InputError({ ...facts, hint: "without a slash at its end" });
}
