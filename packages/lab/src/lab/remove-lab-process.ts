// A program of its own: `node remove-lab-process.ts LAB [PID …]` ends the processes, then removes the lab.
import { setTimeout as pause } from "node:timers/promises";
import { removeLab } from "./remove-lab.ts";

const [lab = "", ...pids] = process.argv.slice(2);

// Sent to the whole terminal; this work must be finished all the same.
process.on("SIGINT", () => undefined);

for (const pid of pids) signal(Number(pid), "SIGTERM");
for (let waited = 0; waited < 100 && pids.some((pid) => signal(Number(pid), 0)); waited++) await pause(100);
await removeLab(lab);

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    // Already gone.
    return false;
  }
}
