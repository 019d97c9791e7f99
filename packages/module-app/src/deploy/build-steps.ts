import type { Step } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";
import { onceText } from "../instance/unit-text.ts";
import { placeOfRelease } from "../place.ts";
import { sendStep } from "../source/send-executor.ts";
import { scriptStep } from "../step/script-step.ts";
import { repositoryOf } from "./checkout.ts";
import type { DeployParams } from "./deploy-params.ts";
import { buildOf, serviceOf, settingsOf } from "./release-plan.ts";

const words = (file: string) => readWords(new URL(`../release/${file}`, import.meta.url));

/** From nothing to a release that is whole: only its last step says so. */
export function buildSteps(id: string, digest: string | undefined, params: DeployParams): readonly Step[] {
  const { name, user = name, secrets, shared, assets = "" } = params;
  const { secrets: secretsFolder } = placeOfRelease(name, id);
  return [
    script("prepare-release.sh", [name, user, id]),
    ...(digest === undefined ? [] : bring(id, digest, params)),
    ...Object.entries(secrets).map(
      ([key, content]): Step => ({ do: "write", path: `${secretsFolder}/${key}`, content, mode: "0600" }),
    ),
    ...build(id, params),
    script("finish-release.sh", [name, id, JSON.stringify(settingsOf(params, id)), assets, ...shared]),
  ];
}

/** The files, as its user's, who builds it. */
function bring(id: string, digest: string, { name, user = name, src, exclude }: DeployParams): readonly Step[] {
  const { folder } = placeOfRelease(name, id);
  return src === undefined
    ? [script("export-checkout.sh", [repositoryOf(name), digest, folder, user])]
    : [sendStep({ from: src, exclude, digest, path: folder, owner: user }), script("date-files.sh", [folder])];
}

function build(id: string, params: DeployParams): readonly Step[] {
  const commands = buildOf(params);
  if (commands.length === 0) return [];
  const { name } = params;
  return [
    scriptStep({
      script: `${words("once.sh")}\nonce "$1" "$2" build`,
      words: [name, id],
      stdin: onceText(serviceOf(params), id, commands, "release"),
      failure: {
        code: "app/build",
        message: `release ${id} of ${name} could not be built`,
        hint: "nothing was switched: what served before goes on serving",
      },
    }),
  ];
}

function script(file: string, given: readonly string[]): Step {
  const assets = file === "finish-release.sh" ? words("assets.sh") : "";
  return { do: "run", argv: ["sh", "-c", `${assets}${words(file)}`, `evenkeel-${file.replace(".sh", "")}`, ...given] };
}
