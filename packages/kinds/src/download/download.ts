import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, readWords } from "@evenkeel/core";
import type { Compared } from "../comparison/comparison.ts";
import { comparedWith, comparisonIn } from "../comparison/comparison.ts";
import { backupStep } from "../file/content-step.ts";
import { keeping } from "../file/keep.ts";
import { askAboutDownload } from "./ask-about-download.ts";
import { curlConfig } from "./curl-config.ts";
import type { DownloadVia } from "./download-via.ts";

/** What is known of a place that something is downloaded to, by what that is. */
export type DownloadState = Compared<DownloadComparison>;

export interface DownloadComparison {
  readonly there: "absent" | "file" | "folder" | "other";
  /** What the host can download with; else it is done here, and sent. */
  readonly tool: "curl" | "wget" | "none";
  /** Of what is there. */
  readonly sha256?: string | undefined;
  /** What the content must add up to. */
  readonly expected?: { readonly algorithm: string; readonly sum: string } | undefined;
  /** Whether what is there is what would come. */
  readonly isSame: boolean;
}

/** A download into its place. */
export interface DesiredDownload {
  readonly via: DownloadVia;
  readonly mode?: string | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly backup: boolean;
  readonly inPlace: boolean;
  /** Where it lies, when the key does not say so: it begins with `~`. */
  readonly path?: string | undefined;
}

/** What an own step is told, where the host has nothing to download with. */
export interface DownloadData extends DesiredDownload {
  readonly path: string;
  readonly expected?: DownloadComparison["expected"];
}

/** A file with what an address gives: `download(path, via)`. */
export const download = defineKind<DownloadState, DesiredDownload>({
  name: "download",
  ask: (queries, host) =>
    Promise.all(
      queries.map(async ({ key, via }) => comparedWith(via, await askAboutDownload(key, via as DownloadVia, host))),
    ),
  ensure(actual, desired) {
    const before = comparisonIn(actual.state, actual.via);
    return before !== undefined && isThere(before) ? [] : [changeDownload(actual, desired, before)];
  },
  isAsPlanned: (actual, after) => Object.keys(after).every((name) => isThere(actual[name])),
  isAbsent: (state) => Object.values(state).every(({ there }) => there === "absent"),
  unsettles: ({ key }) =>
    ["file", "file-followed", "file-long", "stat", "bytes", "file-times"].map((kind) => ({
      kind,
      key,
      because: `${key} is downloaded before`,
    })),
  describe(state) {
    const { there = "absent", sha256, expected } = Object.values(state)[0] ?? {};
    const sum = expected ? { checksum: `${expected.algorithm}:${expected.sum}` } : sha256 !== undefined && { sha256 };
    return { state: there, ...sum };
  },
});

function isThere(state: DownloadComparison | undefined): boolean {
  return state?.there === "file" && state.isSame;
}

function changeDownload(
  { kind, key, via, state }: Observed<DownloadState>,
  desired: DesiredDownload,
  before: DownloadComparison | undefined,
): Change<DownloadState> {
  const isOld = before?.there === "file";
  const path = desired.path ?? key;
  const kept = keeping(path, before?.sha256 ?? "");
  const steps = before === undefined ? [] : [...(isOld ? [kept.keep] : []), ...stepsTo(path, before, desired)];
  const undo: Step[] =
    before === undefined ? [] : isOld ? [kept.restore] : [{ do: "run", argv: ["rm", "-f", "--", path] }];
  const { expected } = before ?? {};
  return {
    ...{ kind, key, via, action: "ensure", before: state, steps, undo, interrupts: "nothing" },
    after: comparedWith<DownloadComparison>(via, {
      ...{ there: "file", tool: before?.tool ?? "none", isSame: true },
      ...(expected && { expected }),
    }),
  };
}

function stepsTo(path: string, { tool, expected }: DownloadComparison, desired: DesiredDownload): readonly Step[] {
  const { via, mode = "", owner, group, backup, inPlace } = desired;
  const first = backup ? [backupStep(path)] : [];
  if (tool === "none")
    return [...first, { do: "files.download", data: { ...desired, path, expected } satisfies DownloadData }];
  const script = readWords(new URL("./fetch.sh", import.meta.url));
  const sum = expected ? [`${expected.algorithm}sum`, expected.sum] : ["", ""];
  const whose = `${owner ?? ""}${group === undefined ? "" : `:${group}`}`;
  const words = [
    tool,
    path,
    tool === "wget" ? via.url : "",
    via.agent,
    String(via.timeoutSeconds),
    ...sum,
    mode,
    whose,
    inPlace ? "1" : "",
  ];
  return [
    ...first,
    {
      do: "run",
      argv: ["sh", "-c", script, "evenkeel-download", ...words],
      stdin: curlConfig(via),
      deadlineMs: 3_600_000,
    },
  ];
}
