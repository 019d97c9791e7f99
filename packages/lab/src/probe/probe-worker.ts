import { parentPort, workerData } from "node:worker_threads";
import { ProbeRun } from "./probe-run.ts";
import type { ProbeSettings } from "./resolve-options.ts";

/** The probe's own thread, so that what its caller does meanwhile delays no request. */
const run = new ProbeRun(workerData as ProbeSettings);

parentPort?.on("message", (order: ProbeOrder) => {
  if (order.do === "stop") {
    run.stop();
    return;
  }
  run.releases = order.releases;
  parentPort?.postMessage({ is: "expecting" } satisfies ProbeNews);
});

parentPort?.postMessage({ is: "running" } satisfies ProbeNews);
const report = await run.run();
parentPort?.postMessage({ is: "done", report } satisfies ProbeNews);
parentPort?.close();

export type ProbeOrder = { do: "stop" } | { do: "expectRelease"; releases: string[] | undefined };
export type ProbeNews =
  | { is: "running" }
  | { is: "expecting" }
  | { is: "done"; report: Awaited<ReturnType<ProbeRun["run"]>> };
