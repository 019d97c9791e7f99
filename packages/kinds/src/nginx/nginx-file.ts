import { hash } from "node:crypto";
import type { Change, Observed, OwnStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, Secret } from "@evenkeel/core";
import { foldersOf } from "../file/file.ts";
import type { FileState } from "../file/file-state.ts";
import { parseFiles } from "../file/parse-files.ts";
import { readFilesScript } from "../file/read-files.ts";
import { reloadChange } from "../reload/reload-change.ts";
import type { NginxAbilities, NginxText } from "./nginx-text.ts";
import { isSince, isText, textFor } from "./nginx-text.ts";

/** A file below /etc/nginx as it is to be. */
export type DesiredNginxFile = (
  | {
      readonly type: "file";
      readonly content: NginxText | Secret;
      readonly mode: string;
      /** What is known of the nginx that will read it; nothing while there is none. */
      readonly host?: NginxAbilities;
      /** Names that this file's servers answer to: nginx must not say that another one does. */
      readonly names?: readonly string[];
    }
  /** Renewed, it takes the place of one that is there. */
  | { readonly type: "self-signed"; readonly names: readonly string[]; readonly isRenewed?: true }
  | { readonly type: "absent" }
) & {
  /** The task reloads nginx itself: nothing is left to the end of the play. */
  readonly isReloadedHere?: true;
};

/** What the step that changes a file is told. */
export interface NginxPut {
  readonly path: string;
  readonly what: "file" | "link" | "self-signed" | "absent";
  readonly mode: string;
  readonly content?: NginxText | Secret | string;
  readonly names?: readonly string[];
  readonly version?: string;
  readonly isReloadedHere?: true;
  /** It was so before, and is not looked at. */
  readonly isUndo?: true;
}

/**
 * A file below /etc/nginx. Before it changes, nginx looks at the whole folder as it would be, and its word is final. At the
 * end of the play one reload follows for all of them, and is proven.
 */
export const nginxFile = defineKind<FileState, DesiredNginxFile>({
  name: "nginx_file",
  read(paths, via) {
    for (const path of paths) checkPath(path);
    return readFilesScript(paths, via);
  },
  parse: parseFiles,
  ensure(actual, desired) {
    const after = wantedState(desired);
    const isRenewed = desired.type === "self-signed" && desired.isRenewed;
    if (!isRenewed && !isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeNginxFile(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ type }) => type === "absent",
  dependsOn: ["file", "tree", "unpacked"],
  unsettles({ key }) {
    const because = `${key} is changed before`;
    const seen = ["file", "file-followed", "file-long", "stat", "bytes"].map((kind) => ({ kind, key, because }));
    return [
      ...seen,
      ...foldersOf(key).flatMap((folder) => ["find", "below"].map((kind) => ({ kind, key: folder, because }))),
    ];
  },
  finish(changes) {
    const isDone =
      changes.length > 0 && changes.every((change) => putsOf(change).every(({ isReloadedHere }) => isReloadedHere));
    return isDone ? [] : [reloadNginx(changes)];
  },
  describe(state) {
    if (state.type === "absent") return { state: "absent" };
    const { type, mode, target, text, sha256 } = state;
    return {
      state: type,
      ...(mode !== undefined && { mode }),
      ...(target !== undefined && { target }),
      ...(text !== undefined ? { content: text } : sha256 && { sha256 }),
    };
  },
});

function wantedState(desired: DesiredNginxFile): FileState {
  if (desired.type === "absent") return { type: "absent" };
  if (desired.type === "self-signed") return { type: "file", mode: "0600" };
  const { content, host, mode } = desired;
  const text = isText(content) ? textFor(content, host ?? {}) : content;
  const plain = text instanceof Secret ? text.reveal() : text;
  // As long as there is no nginx, some lines are a guess: then only people look at the text.
  const isKnown = host?.version !== undefined && !host.isGuess;
  const isSure = isKnown || !isText(content) || content.every(({ when }) => when === undefined);
  return { type: "file", mode, text, ...(isSure && { sha256: hash("sha256", plain), size: Buffer.byteLength(plain) }) };
}

function isAsPlanned(actual: FileState, after: FileState): boolean {
  if (actual.type === "absent" || after.type === "absent") return actual.type === after.type;
  return (["type", "mode", "sha256"] as const).every(
    (name) => after[name] === undefined || actual[name] === after[name],
  );
}

function changeNginxFile(actual: Observed<FileState>, desired: DesiredNginxFile, after: FileState): Change<FileState> {
  const { kind, key, via, state } = actual;
  const put: NginxPut = {
    path: key,
    what: desired.type,
    mode: desired.type === "file" ? desired.mode : "0600",
    ...(desired.type === "file" && { content: desired.content }),
    ...(desired.isReloadedHere && { isReloadedHere: true }),
    ...("names" in desired && desired.names && { names: desired.names }),
    ...("host" in desired && desired.host?.version !== undefined && { version: desired.host.version }),
  };
  return {
    ...{ kind, key, ...(via !== undefined && { via }) },
    action: desired.type === "absent" ? "remove" : "ensure",
    before: state,
    after,
    steps: [{ do: "nginx.put", data: put }],
    undo: isUnsettled(state) ? [] : [undo(key, state)],
    interrupts: "nothing",
  };
}

/** What was there is written again where we know it, and else brought back from the copy that the host has kept. */
function undo(path: string, before: FileState): OwnStep {
  const data = (put: Omit<NginxPut, "path" | "isUndo">): OwnStep => ({
    do: "nginx.put",
    data: { path, isUndo: true, ...put } satisfies NginxPut,
  });
  if (before.type === "absent") return data({ what: "absent", mode: "" });
  if (before.type === "link") return data({ what: "link", mode: "", content: before.target ?? "" });
  const { text, mode = "0644" } = before;
  return data({ what: "file", mode, ...(text !== undefined && { content: text }) });
}

/** Where there was no nginx nothing can be interrupted; with an old one something can, and whoever runs it is told. */
function reloadNginx(changes: readonly Change<FileState>[]): Change {
  const version = changes.flatMap(putsOf).find((put) => put.version !== undefined)?.version;
  const isCutting = version !== undefined && !isSince(version, "1.27.4");
  return reloadChange({
    service: "nginx",
    isNew: changes.some(({ before }) => isUnsettled(before)),
    ...(isCutting && {
      remark: `nginx ${version} closes idle connections at that moment: a POST on one of them can be lost (not from 1.27.4 on)`,
    }),
  });
}

function putsOf({ steps }: Change<FileState>): readonly NginxPut[] {
  return steps.flatMap((step) => ("data" in step ? [step.data as NginxPut] : []));
}

function checkPath(path: string): void {
  if (/^\/etc\/nginx(?:\/[A-Za-z0-9_][A-Za-z0-9_.+-]*)+$/.test(path)) return;
  throw new InputError({
    code: "nginx/path",
    message: `not a file below /etc/nginx: ${JSON.stringify(path)}`,
    hint: "letters, digits, `.`, `_`, `+` and `-`",
  });
}
