import type { Step, Unsettled } from "@evenkeel/core";
import { quote, readWords, Secret } from "@evenkeel/core";
import type { DesiredFile, FileContent, HostFileContent } from "./desired-file.ts";
import type { PresentFile } from "./file-state.ts";
import { placeStep } from "./place-step.ts";

/** How a file gets a content: from here, or from another file of the host. What was there may be kept beside it before. */
export function contentStep(
  path: string,
  desired: DesiredFile & { readonly type?: "file" },
  content: Exclude<FileContent, Unsettled>,
  { mode, owner, group }: PresentFile,
): readonly Step[] {
  const { validate, links, inPlace } = desired;
  const backup = desired.backup ? [backupStep(path)] : [];
  const attributes = { ...(mode && { mode }), ...(owner && { owner }), ...(group && { group }) };
  if (!isOfHost(content)) {
    const how = { ...(validate && { validate }), ...(links && { links }), ...(inPlace && { inPlace }) };
    return [...backup, { do: "write" as const, path, content, ...attributes, ...how }];
  }
  const copy = placeStep("copy", path, content.hostFile, {
    EVK_SHA256: content.sha256,
    EVK_MODE: mode ?? "",
    EVK_OWNER: `${owner ?? ""}${group === undefined ? "" : `:${group}`}`,
    EVK_VALIDATE: validate ? commandOnNew(validate) : "",
  });
  return [...backup, copy];
}

/** The step's output is the name of what it kept. */
export const BACKUP_STEP = "evenkeel-backup";

/** Keeps what is there beside it. */
export function backupStep(path: string): Step {
  const script = readWords(new URL("./backup.sh", import.meta.url));
  return { do: "run", argv: ["sh", "-c", script, BACKUP_STEP, path] };
}

function isOfHost(content: Exclude<FileContent, Unsettled>): content is HostFileContent {
  return typeof content === "object" && !(content instanceof Secret) && "hostFile" in content;
}

function commandOnNew(argv: readonly string[]): string {
  return argv
    .map((word) =>
      word
        .split("%s")
        .map((part) => (part === "" ? "" : quote(part)))
        .join('"$evk_new"'),
    )
    .join(" ");
}
