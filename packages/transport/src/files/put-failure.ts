import { StepError } from "@evenkeel/core";
import type { Answer } from "../shell/request.ts";
import type { PutFile } from "./put-file.ts";

/** What went wrong when a file was to be replaced, and in what state things are now. */
export function putFailure(file: PutFile, size: number, answer: Answer | undefined): StepError {
  const lines = answer?.stdout.bytes().toString().trim().split("\n") ?? [];
  const stage = lines.find((line) => line.startsWith("failed "))?.slice(7) ?? "room";
  const words = answer?.stderr.bytes().toString().trim() ?? "";
  const room = readRoom(lines);
  if (room && (room.free < size * 1.05 || room.freeInodes === 0 || /No space left|Disk quota/.test(words))) {
    return new StepError({
      code: "files/no-space",
      message: `no room for ${file.path}: it needs ${size} bytes, and ${room.filesystem} (on ${room.mount}) has ${room.free} free${room.freeInodes === 0 ? " and no inode left" : ""}`,
      detail: words,
      hint: `free some space on ${room.mount}; the file is as it was`,
    });
  }
  const known = failures[stage as keyof typeof failures] ?? failures.content;
  return new StepError({
    code: known.code,
    message: `${known.what.replace("%", file.path)}${stage === "refused" ? `: ${shortly(file.validate ?? [])}` : ""}`,
    detail: words,
    hint: known.hint,
  });
}

/** A script of ours is not what anybody wants to read in an error. */
function shortly([shell, flag, script = "", ...rest]: readonly string[]): string {
  const isOurs = shell === "sh" && flag === "-c" && script.includes("\n");
  return (isOurs ? rest : [shell, flag, script, ...rest]).filter(Boolean).join(" ");
}

const failures = {
  dangling: {
    code: "files/dangling-link",
    what: "% is a link that leads nowhere",
    hint: "remove the link, or make what it points to",
  },
  "is-directory": { code: "files/is-directory", what: "% is a directory", hint: "a file's path must name a file" },
  "no-temp": { code: "files/no-temp", what: "cannot write beside %", hint: "see the message; the file is as it was" },
  content: { code: "files/content", what: "what arrived for % is not what was sent", hint: "the file is as it was" },
  attributes: {
    code: "files/attributes",
    what: "cannot give % its owner, group or mode",
    hint: "the file is as it was",
  },
  refused: { code: "files/refused", what: "the new % was refused", hint: "the file is as it was" },
  rename: {
    code: "files/rename",
    what: "cannot put % in its place",
    hint: "if it is a mount point of its own, write it in place (unsafe_writes); the file is as it was",
  },
  write: { code: "files/write", what: "cannot write %", hint: "it was written in place, and may be cut short" },
};

interface Room {
  readonly filesystem: string;
  readonly mount: string;
  readonly free: number;
  readonly freeInodes: number | undefined;
}

/** Reads the two lines of `df -P`: blocks, then inodes. */
function readRoom(lines: readonly string[]): Room | undefined {
  const [blocks, inodes] = lines.filter((line) => /\d+%|\s-\s/.test(line)).map((line) => line.split(/\s+/));
  // What has no blocks at all, as /proc, has no want of them either.
  if (blocks?.[0] === undefined || blocks[3] === undefined || blocks[1] === "0") return undefined;
  const freeInodes = inodes?.[3] === undefined || inodes[1] === "0" ? undefined : Number(inodes[3]);
  return { filesystem: blocks[0], mount: blocks.slice(5).join(" "), free: Number(blocks[3]) * 1024, freeInodes };
}
