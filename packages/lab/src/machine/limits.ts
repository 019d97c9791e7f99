import { readFileSync } from "node:fs";

/** The most open files and processes that a host may be given here. */
export type Limits = { openFiles: number; processes: number };

// An engine's own defaults are above what some machines may hand on, and then no container starts. These are plenty for a
// host, and podman itself keeps no more than 32768 processes for its children.
const wanted: Limits = { openFiles: 65_536, processes: 32_768 };

export function readLimits(text: string = readFileSync("/proc/self/limits", "utf8")): Limits {
  return {
    openFiles: Math.min(wanted.openFiles, hardLimit(text, "Max open files")),
    processes: Math.min(wanted.processes, hardLimit(text, "Max processes")),
  };
}

function hardLimit(text: string, row: string): number {
  const line = text.split("\n").find((candidate) => candidate.startsWith(row)) ?? "";
  const [, hard] = line.slice(row.length).trim().split(/\s+/);
  return hard === undefined || hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard);
}
