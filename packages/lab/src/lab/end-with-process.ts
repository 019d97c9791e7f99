import { spawnSync } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "../engine/engine.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Takes the lab down when this process ends, by itself or by a signal. Returns what calls that off. */
export function endWithProcess(engine: Engine, lab: string): () => void {
  const remove = () => {
    callOff();
    removeNow(engine, lab);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    // Whoever else listens decides whether the process ends; if it does, "exit" follows.
    if (process.listenerCount(signal) > ownListeners(signal)) return;
    remove();
    process.kill(process.pid, signal);
  };
  const callOff = () => {
    process.off("exit", remove);
    for (const signal of signals) process.off(signal, onSignal);
  };
  Object.defineProperty(onSignal, endsLab, { value: true });
  process.on("exit", remove);
  for (const signal of signals) process.on(signal, onSignal);
  return callOff;
}

const endsLab = Symbol.for("evenkeel.lab.endsLab");

const ownListeners = (signal: NodeJS.Signals): number =>
  process.listeners(signal).filter((listener) => endsLab in listener).length;

/**
 * A process that ends can wait for nothing but another process. Commands of ours that still run are ended first, or a
 * host might come to be after its lab has gone.
 */
function removeNow(engine: Engine, lab: string): void {
  const pids = [...engine.running].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  const program = fileURLToPath(new URL(`./remove-lab-process${extname(import.meta.filename)}`, import.meta.url));
  // A group of its own, so that a second Ctrl-C does not stop the cleaning.
  spawnSync(process.execPath, [program, lab, ...pids.map(String)], { stdio: ["ignore", "ignore", "inherit"] });
}
