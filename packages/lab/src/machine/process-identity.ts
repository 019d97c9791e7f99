import { readFileSync, readlinkSync } from "node:fs";

/**
 * Names a process beyond its number, which the kernel gives again: number, start time, boot, and the namespace that
 * the number belongs to.
 */
export function processIdentity(pid: number = process.pid): string {
  return [pid, startTime(pid), bootId(), pidNamespace()].join("/");
}

/** Whether the process still lives; one of another namespace cannot be seen from here and counts as alive. */
export function isProcessAlive(identity: string): boolean {
  const [pid = "", started, boot, namespace] = identity.split("/");
  if (boot !== bootId()) return false;
  if (namespace !== pidNamespace()) return true;
  try {
    return startTime(Number(pid)) === started;
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

function startTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may hold anything; the fields after it are numbered from 3 (state), start time is the 22nd.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie holds a number, but owns nothing any more.
  return fields[0] === "Z" ? "ended" : (fields[19] ?? "");
}

const bootId = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();

const pidNamespace = (): string => readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
