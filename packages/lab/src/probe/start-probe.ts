import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { ProbeOptions } from "./probe-options.ts";
import type { ProbeReport } from "./probe-report.ts";
import type { ProbeNews, ProbeOrder } from "./probe-worker.ts";
import { releasesOf, resolveOptions } from "./resolve-options.ts";

/** Begins to send requests at a fixed rate, whatever becomes of them; resolves once the first is due. */
export async function startProbe(options: ProbeOptions): Promise<Probe> {
  const settings = resolveOptions(options);
  // Published as JavaScript, run as TypeScript here: the thread's file has this one's suffix. It is imported rather than named,
  // since Node refuses to run a file on a thread of a process that was started with --input-type.
  const file = new URL(`./probe-worker${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(`import(${JSON.stringify(file.href)})`, { eval: true, workerData: settings });
  const running = Promise.withResolvers<void>();
  const done = Promise.withResolvers<ProbeReport>();
  const fail = (error: Error) => {
    running.reject(error);
    done.reject(error);
  };
  const heard: (() => void)[] = [];
  thread.on("message", (news: ProbeNews) => {
    if (news.is === "done") done.resolve(news.report);
    else if (news.is === "running") running.resolve();
    else heard.shift()?.();
  });
  thread.on("error", fail);
  thread.on("exit", (code) => fail(new Error(`probe: its thread ended with ${code} before its report`)));
  // Who never asks for the report learns of a failure by `stop`, or not at all, but not as an unhandled rejection.
  done.promise.catch(() => undefined);
  await running.promise;
  const order = (what: ProbeOrder) => thread.postMessage(what);
  const stop = () => {
    order({ do: "stop" });
    return done.promise;
  };
  return {
    finished: done.promise,
    stop,
    expectRelease(expected) {
      order({ do: "expectRelease", releases: releasesOf(expected) });
      // A thread that has ended answers nothing any more, and expects nothing either.
      return Promise.race([new Promise<void>((taken) => heard.push(taken)), done.promise.then(() => undefined)]);
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

export interface Probe extends AsyncDisposable {
  /** The report, once `seconds` are over (or `stop` was called) and the last answer has come. */
  finished: Promise<ProbeReport>;
  /** Sends nothing more, waits for what is under way, and reports. */
  stop(): Promise<ProbeReport>;
  /**
   * Requests sent after this has resolved must be answered by this release, or by one of these; undefined means any. For those
   * under way, what held when they were sent is right, too.
   */
  expectRelease(expected: string | string[] | undefined): Promise<void>;
}
