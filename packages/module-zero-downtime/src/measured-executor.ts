import type { StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { ReloadWish } from "@evenkeel/kinds";
import { reloadExecutor } from "@evenkeel/kinds";
import type { Measurement } from "./measure.ts";
import { startMeasuring } from "./measure.ts";
import type { ReloadParams } from "./reload.ts";

export interface Measured {
  readonly wish: ReloadWish;
  readonly measure: NonNullable<ReloadParams["measure"]>;
}

/** Sends requests before, during and after a reload, and fails when more went wrong than may. */
export const measuredExecutor: StepExecutor = {
  do: "zero_downtime.measured",
  async take(data, host, watch) {
    const { wish, measure } = data as Measured;
    const measuring = startMeasuring(measure);
    try {
      await measuring.runFor(1);
      demandWorking(measure, measuring.soFar());
      const said = await reloadExecutor.take(wish, host, watch);
      await measuring.runFor(measure.seconds);
      const { requests, failures, slowest, examples } = await measuring.end();
      if (failures > measure.failures) throw lost(measure, requests, failures, examples);
      return { ...said, data: { ...(said.data as object), requests, failures, slowest } };
    } finally {
      await measuring.end();
    }
  },
};

/** What goes wrong before anything is done would be said to be lost by it. */
function demandWorking({ url }: Measured["measure"], { requests, failures, examples }: Measurement): void {
  if (failures === 0 || failures < requests) return;
  throw new StepError({
    code: "zero_downtime/not-served",
    message: `${url} is not served even before the reload`,
    detail: examples.join("\n"),
    hint: "nothing has been reloaded",
  });
}

function lost(
  { url, failures: budget }: Measured["measure"],
  requests: number,
  failures: number,
  examples: readonly string[],
): StepError {
  return new StepError({
    code: "zero_downtime/lost",
    message: `${failures} of ${requests} requests to ${url} went wrong while it was reloaded; ${budget} may`,
    detail: examples.join("\n"),
    hint: "it is reloaded, and its new generation serves",
  });
}
