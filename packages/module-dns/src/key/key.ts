import type { Answers, Change } from "@evenkeel/core";
import { defineModule, InputError, Secret, StepError } from "@evenkeel/core";
import { file, softwarePackage, unit } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { configured } from "../bind/configured.ts";
import { included } from "../bind/included.ts";
import { installBind } from "../bind/install.ts";
import { changeOurConfiguration } from "../bind/our-configuration.ts";
import { keyFile, NAMED_CONF, OUR_CONF, PACKAGE, UNIT } from "../bind/paths.ts";
import { reloadStep } from "../bind/reload-step.ts";
import { algorithmParam, secretParam } from "../record/key-param.ts";
import { keyName } from "../zone/zone-statement.ts";

const params = Type.Object(
  {
    name: Type.String({ description: "the key's name, the same for all who have it" }),
    algorithm: algorithmParam,
    secret: Type.Optional(secretParam),
    state: Type.Enum(["present", "absent"], {
      type: "string",
      default: "present",
      description: "known to named, or not",
    }),
  },
  { additionalProperties: false },
);

type KeyTask = Static<typeof params>;

export const key = defineModule({
  name: "dns.key",
  summary: "A key (TSIG) that BIND knows: who has it may update zones or transfer them.",
  params,
  observe: askAboutKey,
  plan(answers, task) {
    const changes = task.state === "present" ? planPresent(answers, task) : planAbsent(answers, task);
    // The files come back first, and then named reads them.
    const at = changes.findIndex(({ kind }) => kind !== "package");
    return changes.map((change, index) => (index === at ? { ...change, undo: [...change.undo, readBack] } : change));
  },
});

const readBack = { ...reloadStep(), accept: "any" } as const;

type Found = Answers<ReturnType<typeof askAboutKey>>;

function askAboutKey({ name, state, secret }: KeyTask) {
  if (state === "present" && secret === undefined)
    throw new InputError({
      code: "dns/words",
      message: `the key ${name} needs a secret`,
      hint: "tsig-keygen makes one; keep it in a vault",
    });
  return {
    server: softwarePackage(PACKAGE),
    service: unit(UNIT),
    include: included(NAMED_CONF),
    configuration: file(OUR_CONF),
    configured: configured("named"),
    current: file(keyFile(keyName(name))),
  };
}

function planPresent(answers: Found, task: KeyTask): readonly Change[] {
  const name = keyName(task.name);
  const files = file.ensure(answers.current, {
    ...{ content: statementOf(name, task), mode: "0640", owner: "root", group: "bind" },
    validate: ["named-checkconf", "%s"],
  });
  const statement = changeOurConfiguration(answers.configuration, `key ${name}`, `include "${answers.current.key}";`);
  const include = included.ensure(answers.include, { state: "included" });
  return [
    ...installBind(answers.server),
    ...files,
    ...statement,
    ...include,
    ...unit.ensure(answers.service, { isActive: true, isEnabled: true }),
    ...configured.ensure(answers.configured, { hasChanged: [...files, ...statement, ...include].length > 0 }),
  ];
}

function planAbsent(answers: Found, task: KeyTask): readonly Change[] {
  const statement = changeOurConfiguration(answers.configuration, `key ${keyName(task.name)}`, undefined);
  return [
    ...statement,
    ...(statement.length > 0 ? configured.ensure(answers.configured, { hasChanged: true }) : []),
    ...file.ensure(answers.current, { type: "absent" }),
  ];
}

/** What is no base64 could end the statement, and begin another. */
function statementOf(name: string, { algorithm, secret = "" }: KeyTask): Secret {
  const text = secret instanceof Secret ? secret.reveal() : secret;
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(text))
    throw new StepError({
      code: "dns/key-secret",
      message: `the secret of the key ${name} is not base64`,
      hint: "tsig-keygen makes one",
    });
  return new Secret(`key "${name}" {\n\talgorithm ${algorithm};\n\tsecret "${text}";\n};\n`);
}
