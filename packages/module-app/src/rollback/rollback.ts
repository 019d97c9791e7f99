import type { Observed } from "@evenkeel/core";
import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import { Type } from "typebox";
import { deployReturns } from "../deploy/deploy-returns.ts";
import { UNKNOWN_RELEASE } from "../deploy/release-plan.ts";
import { instance } from "../instance/instance.ts";
import { othersRunning } from "../instance/others-running.ts";
import { isReleaseId, placeOf } from "../place.ts";
import { release } from "../release/release.ts";
import type { ReleaseSettings, ReleaseState } from "../release/release-state.ts";
import type { TrafficState } from "../traffic/traffic.ts";
import { traffic } from "../traffic/traffic.ts";

/** Back to a release that is kept on the host: nothing of ours is needed for it. */
export const rollback = defineModule({
  name: "app.rollback",
  summary: "An earlier release of a web application serves again, without losing a request.",
  params: Type.Object(
    {
      name: Type.String({ description: "the application's name" }),
      release: Type.Optional(
        Type.String({ description: "a release that is kept; default: what served before the latest deploy" }),
      ),
      drain_seconds: Type.Optional(
        Type.Integer({ minimum: 0, description: "as `app.deploy` has it; default: as the release was deployed" }),
      ),
    },
    { additionalProperties: false },
  ),
  observe({ name }) {
    placeOf(name);
    return { releases: release(name), instances: instance(name), traffic: traffic(name) };
  },
  plan(answers, { name, release: wanted, drain_seconds }) {
    const id = wanted ?? releaseBefore(name, answers.traffic.state);
    const settings = settingsOf(name, id, answers.releases);
    const stopped = othersRunning(answers.instances.state, id);
    return [
      // It has shown that it can serve: once more will do.
      ...instance.ensure(answers.instances, { runs: id, settings: { ...settings, healthChecks: 1 } }),
      ...traffic.ensure(answers.traffic, { release: id, isDeploy: false }),
      ...instance.ensure(answers.instances, { stopped, drainSeconds: drain_seconds ?? settings.drainSeconds }),
    ];
  },
  result: ({ after }) => ({
    release: isUnsettled(after.traffic.state) ? undefined : after.traffic.state.release,
  }),
  returns: deployReturns,
});

/** Once back, a second run stays there: it does not go on to the one before that. */
function releaseBefore(name: string, state: Observed<TrafficState>["state"]): string {
  if (isUnsettled(state)) return UNKNOWN_RELEASE;
  const { release: serving, deployed, before } = state;
  if (serving !== undefined && serving !== deployed) return serving;
  if (before !== undefined) return before;
  throw new StepError({
    code: "app/no-release-before",
    message: `${name} has no release to go back to: ${serving === undefined ? "none was deployed" : `${serving} is the first`}`,
  });
}

function settingsOf(name: string, id: string, { state }: Observed<ReleaseState>): ReleaseSettings {
  if (isUnsettled(state)) return { healthSeconds: 0, healthChecks: 1, drainSeconds: 0 };
  const there = isReleaseId(id) ? state[id] : undefined;
  if (there?.state === "built" && there.settings) return there.settings;
  const kept = Object.entries(state).flatMap(([each, { state: how }]) => (how === "built" ? [each] : []));
  throw new StepError({
    code: "app/no-release",
    message: `${name} has no release ${id} any more`,
    hint: kept.length === 0 ? "no release is kept" : `kept are ${kept.sort().join(", ")}`,
  });
}
