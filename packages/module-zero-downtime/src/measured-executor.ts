import type { StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { ReloadHow, ReloadOutcome, ReloadWish } from "@evenkeel/kinds";
import { reloadExecutor } from "@evenkeel/kinds";
import type { Measurement } from "./measure.ts";
import type { ReloadParams } from "./reload.ts";

export interface Measured {
  readonly wish: ReloadWish;
  readonly measure: NonNullable<ReloadParams["measure"]>;
}

/** Sends requests before, during and after a reload, and takes it back when more went wrong than may. */
export const measuredExecutor: StepExecutor = {
  do: "zero_downtime.measured",
  async take(data, host, watch) {
    const { wish, measure } = data as Measured;
    const reload = (how: ReloadHow) => reloadExecutor.take({ ...wish, how } satisfies ReloadWish, host, watch);
    // Loaded when it is wanted: to send requests, Node needs all of its TLS.
    const { startMeasuring } = await import("./measure.ts");
    let measuring = startMeasuring(measure);
    try {
      await measuring.runFor(1);
      const isServed = demandWhole(measure, measuring.soFar());
      const said = await reload("trial");
      if ((said.data as ReloadOutcome).is === "stopped") return said;
      if (!isServed) {
        // Where nothing was served, nothing can be lost: what counts is what comes now.
        await measuring.end();
        measuring = startMeasuring(measure);
      }
      await measuring.runFor(Math.max(measure.seconds, isServed ? 0 : 1), measure.failures);
      const measured = await measuring.end();
      if (measured.failures > measure.failures)
        throw lost(measure, measured, isServed, await takenBack(() => reload("taken-back")));
      await reload("settled");
      const { requests, failures, slowest } = measured;
      return { ...said, data: { ...(said.data as object), requests, failures, slowest } };
    } finally {
      await measuring.end();
    }
  },
};

/** Whether it is served at all. What only sometimes goes wrong before anything is done would be said to be lost by it. */
function demandWhole({ url, failures: budget }: Measured["measure"], { requests, failures, examples }: Measurement) {
  if (failures === requests) return false;
  if (failures <= budget) return true;
  throw new StepError({
    code: "zero_downtime/not-served",
    message: `${failures} of ${requests} requests to ${url} went wrong even before the reload; ${budget} may`,
    detail: examples.join("\n"),
    hint: "nothing has been reloaded",
  });
}

/** In what state the service is then, for people. */
async function takenBack(take: () => ReturnType<StepExecutor["take"]>): Promise<string> {
  try {
    const { is } = (await take()).data as ReloadOutcome;
    return is === "taken-back"
      ? "its files are back as they were when it was last proven, and it has been reloaded again"
      : "it is reloaded, and its new generation serves: there was no proven copy of any `files` to put back";
  } catch (error) {
    if (error instanceof StepError) return `and it could not be taken back: ${error.message}`;
    throw error;
  }
}

function lost(
  { url, failures: budget }: Measured["measure"],
  { requests, failures, examples }: Measurement,
  wasServed: boolean,
  state: string,
): StepError {
  const when = wasServed ? "while it was reloaded" : "after the reload, and all before it";
  return new StepError({
    code: "zero_downtime/lost",
    message: `${failures} of ${requests} requests to ${url} went wrong ${when}; ${budget} may`,
    detail: examples.join("\n"),
    hint: state,
  });
}
