import { hash } from "node:crypto";
import type { Change, LocalFile, Observed, Step } from "@evenkeel/core";
import { defineKind, quoteAll, readWords } from "@evenkeel/core";
import type { Compared } from "../comparison/comparison.ts";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import { pathWord } from "../file/read-files.ts";

/** Whether what is in an archive is in a folder, as our record of it has it. */
export type UnpackedState = Compared<UnpackedComparison>;

type UnpackedComparison =
  | { readonly state: "no-folder" | "no-archive" }
  | {
      readonly state: "never" | "another" | "differs" | "same";
      readonly sha256: string;
      readonly differing: readonly string[];
      readonly names: readonly string[];
    };

/** Which archive, and how what is in it is to be. */
export interface UnpackedVia {
  readonly archive: LocalFile | { readonly hostFile: string };
  readonly mode?: string | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly options: readonly string[];
  readonly keepNewer: boolean;
  readonly lists: boolean;
}

/** A folder with the content of an archive: `unpacked(folder, via)`. */
export const unpacked = defineKind<UnpackedState, UnpackedVia>({
  name: "unpacked",
  read(folders, via) {
    const asked = via as UnpackedVia;
    const { archive, lists } = asked;
    const isOurs = "localFile" in archive;
    const [sum, path] = isOurs ? [archive.sha256, "-"] : ["-", pathWord(archive.hostFile)];
    const calls = folders.map((folder) => {
      const words = quoteAll([recordOf(folder, asked), sum]);
      return `(evk_unpacked ${pathWord(folder)} ${words} ${path} ${quoteAll([attributesAsked(asked), lists ? "1" : ""])}); printf '\\0'`;
    });
    return `${readWords(new URL("./read.sh", import.meta.url))}${calls.join("\n")}`;
  },
  parse(output, folders, via) {
    const answers = Buffer.from(output).toString().split("\0");
    return new Map(folders.map((folder, index) => [folder, comparedWith(via, stateOf(answers[index] ?? ""))]));
  },
  ensure(actual, desired) {
    return comparisonIn(actual.state, actual.via)?.state === "same" ? [] : [unpack(actual, desired)];
  },
  isAsPlanned: (actual, after) => Object.keys(after).every((name) => actual[name]?.state === "same"),
  isAbsent: (state) => Object.values(state).every((each) => each.state === "no-folder"),
  unsettles({ key }) {
    const because = `an archive is unpacked into ${key} before`;
    const below = [
      "file",
      "file-followed",
      "file-long",
      "stat",
      "bytes",
      "find",
      "tree",
      "below",
      "fragments",
      "download",
    ];
    const own = ["stat", "find", "tree", "below", "fragments"];
    return [...below.map((kind) => ({ kind, under: key, because })), ...own.map((kind) => ({ kind, key, because }))];
  },
  describe(state) {
    const [own] = Object.values(state);
    if (own === undefined || !("differing" in own)) return { state: own?.state ?? "never" };
    const shown = own.differing.slice(0, 50);
    return {
      archive: own.state === "same" ? own.sha256 : own.state,
      ...(shown.length > 0 && { differing: shown.join(", ") }),
    };
  },
});

function recordOf(folder: string, { archive, mode, owner, group, include, exclude, options }: UnpackedVia): string {
  const which = "localFile" in archive ? archive.localFile.replace(/^.*\//, "") : archive.hostFile;
  return hash("sha256", JSON.stringify([folder, which, mode, owner, group, include, exclude, options])).slice(0, 32);
}

/** In stat's words: only what was asked for is looked at later. */
function attributesAsked({ mode, owner, group }: UnpackedVia): string {
  return [mode && "%a", owner && "%u", group && "%g"].filter(Boolean).join(" ");
}

function stateOf(answer: string): UnpackedComparison {
  const [said = "", listed = ""] = answer.split("\n\n");
  const [first = "", ...differing] = said.trimEnd().split("\n");
  const [state, sha256 = ""] = first.split(" ");
  if (state === "no-folder" || state === "no-archive") return { state };
  const isKnown = state === "another" || state === "differs" || state === "same";
  const lines = (text: string) => text.split("\n").filter(Boolean);
  return {
    state: isKnown ? state : "never",
    sha256,
    differing: differing.map((line) => line.replace(/^\.\//, "").replace(/: FAILED.*$/, "")),
    names: lines(listed).map((name) => name.replace(/^\.\//, "")),
  };
}

function unpack({ kind, key, via, state }: Observed<UnpackedState>, desired: UnpackedVia): Change<UnpackedState> {
  const { archive, mode = "", owner = "", group = "", include, exclude, options, keepNewer } = desired;
  const isOurs = "localFile" in archive;
  const path = isOurs ? `${key}/.evenkeel-${archive.sha256.slice(0, 16)}.archive` : archive.hostFile;
  const script = readWords(new URL("./unpack.sh", import.meta.url));
  const settings = [key, path, recordOf(key, desired), mode, owner, group, attributesAsked(desired)];
  const lists = [exclude.join("\n"), include.join("\n")];
  const send: Step[] = isOurs ? [{ do: "write", path, content: archive, mode: "0600" }] : [];
  const argv = [
    "sh",
    "-c",
    script,
    "evenkeel-unpack",
    ...settings,
    keepNewer ? "1" : "",
    isOurs ? "1" : "",
    ...lists,
    ...options,
  ];
  return {
    ...{ kind, key, via, action: "ensure", before: state },
    after: comparedWith<UnpackedComparison>(via, {
      state: "same",
      sha256: isOurs ? archive.sha256 : "",
      differing: [],
      names: [],
    }),
    steps: [...send, { do: "run", argv, deadlineMs: 3_600_000 }],
    undo: [],
    interrupts: "nothing",
  };
}
