import { InputError, Secret } from "@evenkeel/core";
import type { DeployParams } from "./deploy-params.ts";

/** Units are for everybody to read, and so is a release's name, which is made of them. */
export function demandNoSecretInUnits({ environment, unit, build, command, start, migrate }: DeployParams): void {
  const said: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "": { command, start, migrate },
    ...{ "environment.": environment, "unit.": unit, "build.": { ...build } },
  };
  for (const [where, values] of Object.entries(said)) {
    for (const [key, value] of Object.entries(values)) if (value instanceof Secret) throw secretIn(`${where}${key}`);
  }
}

function secretIn(parameter: string): InputError {
  return new InputError({
    code: "app/secret-in-unit",
    message: `\`${parameter}\` is secret, and would be in a unit, which everybody on the host can read`,
    hint: "put it under `secrets`: the program finds it in the file that NAME_FILE names",
  });
}
