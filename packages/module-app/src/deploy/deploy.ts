import type { Change, Observed, Unsettled } from "@evenkeel/core";
import { defineModule, InputError, isUnsettled } from "@evenkeel/core";
import type { DesiredUser, GitState, UserState } from "@evenkeel/kinds";
import { file, user } from "@evenkeel/kinds";
import { instance } from "../instance/instance.ts";
import { othersRunning } from "../instance/others-running.ts";
import { onceText, serviceText, socketText } from "../instance/unit-text.ts";
import { migration } from "../migration/migration.ts";
import { placeOf } from "../place.ts";
import { release } from "../release/release.ts";
import type { SourceState } from "../source/source.ts";
import { source } from "../source/source.ts";
import { traffic } from "../traffic/traffic.ts";
import { buildSteps } from "./build-steps.ts";
import { checkoutQuery, planCheckout } from "./checkout.ts";
import { demandNoSecretInUnits } from "./demand-no-secret-in-units.ts";
import type { DeployParams } from "./deploy-params.ts";
import { deployParams } from "./deploy-params.ts";
import { deployReturns } from "./deploy-returns.ts";
import { nameRelease, serviceOf, settingsOf, sumsOf, UNKNOWN_RELEASE } from "./release-plan.ts";
import { releasesToRemove } from "./releases-to-remove.ts";
import { sharedFolders } from "./shared-folders.ts";

/** A new release beside the old one: built, migrated, started, asked whether it can serve; then the traffic, then the end of the old. */
export const deploy = defineModule({
  name: "app.deploy",
  summary: "A release of a web application, put in the place of the one before without losing a request.",
  params: deployParams,
  observe(params) {
    const { name, src, exclude } = params;
    placeOf(name);
    demandNoSecretInUnits(params);
    // What a unit cannot say is told before any host is touched.
    buildSteps(UNKNOWN_RELEASE, undefined, params);
    serviceText(serviceOf(params), UNKNOWN_RELEASE);
    demandSource(params);
    return {
      account: user(params.user ?? name),
      folders: sharedFolders(params).map((path) => file(path)),
      source: src === undefined ? [] : [source(src, { exclude })],
      checkout: checkoutQuery(params),
      releases: release(name),
      migrations: migration(name),
      instances: instance(name),
      traffic: traffic(name),
    };
  },
  plan(answers, params) {
    const { name, keep, migrate, migration_resumes: resumes, drain_seconds: drainSeconds } = params;
    const service = serviceOf(params);
    const { releases, instances } = answers;
    const sharedFolder = { type: "directory", mode: "0750", owner: service.user, group: service.user } as const;
    const there = isUnsettled(releases.state) ? undefined : releases.state;
    const { digest, changes: fetched } = sourceOf(answers, params);
    const id = digest === undefined ? UNKNOWN_RELEASE : nameRelease(digest, params, there);
    const serving = isUnsettled(answers.traffic.state) ? undefined : answers.traffic.state.release;
    const units = { service: serviceText(service, id), socket: socketText(service, id) };
    return [
      ...user.ensure(answers.account, accountOf(name, answers.account.state)),
      ...fetched,
      ...release.ensure(releases, { gone: releasesToRemove(there ?? {}, { id, serving, keep }) }),
      ...release.ensure(releases, {
        built: id,
        secrets: sumsOf(params.secrets),
        steps: buildSteps(id, digest, params),
      }),
      ...answers.folders.flatMap((folder) => file.ensure(folder, sharedFolder)),
      ...(migrate === undefined
        ? []
        : migration.ensure(answers.migrations, {
            release: id,
            unit: onceText(service, id, [migrate], "shared"),
            resumes,
          })),
      ...instance.ensure(instances, { runs: id, units, settings: settingsOf(params, id) }),
      ...traffic.ensure(answers.traffic, { release: id, isDeploy: true }),
      ...instance.ensure(instances, { stopped: othersRunning(instances.state, id), drainSeconds }),
    ];
  },
  result: ({ after }) => ({
    release: isUnsettled(after.traffic.state) ? undefined : after.traffic.state.release,
  }),
  returns: deployReturns,
});

interface Sources {
  readonly source: readonly Observed<SourceState>[];
  readonly checkout: readonly Observed<GitState>[];
}

/** What its source is called: the sum of a folder of ours, or a commit. Nothing where only the run itself can tell. */
function sourceOf(
  { source: [found], checkout: [checkout] }: Sources,
  params: DeployParams,
): { readonly digest?: string; readonly changes: readonly Change[] } {
  if (checkout !== undefined) {
    const { commit, changes } = planCheckout(checkout, params);
    return { changes, ...(commit !== undefined && { digest: commit }) };
  }
  if (found === undefined || isUnsettled(found.state)) return { changes: [] };
  return { digest: found.state.digest, changes: [] };
}

function demandSource({ src, git }: DeployParams): void {
  if ((src === undefined) !== (git === undefined)) return;
  throw new InputError({ code: "app/params", message: "app.deploy needs its source: either `src` or `git`" });
}

/** One that is there stays as it is: it may be somebody's own. */
function accountOf(name: string, state: UserState | Unsettled): DesiredUser {
  if (!isUnsettled(state) && state.state === "present") return { state: "present" };
  const home = `${placeOf(name).root}/cache`;
  return { state: "present", isSystem: true, home, shell: "/usr/sbin/nologin", createsHome: false };
}
