import { InputError } from "@evenkeel/core";
import { placeOf } from "../place.ts";
import type { DeployParams } from "./deploy-params.ts";

/** The folders below `shared` that must be there, outer ones before inner ones. */
export function sharedFolders({ name, shared }: Pick<DeployParams, "name" | "shared">): readonly string[] {
  const place = placeOf(name);
  const folders = shared.flatMap((path) => {
    if (/^\/|^\.|\/\.\.?(\/|$)|\/\//.test(path)) throw outside(path);
    const parts = path.split("/");
    return parts.slice(0, -1).map((_, at) => `${place.shared}/${parts.slice(0, at + 1).join("/")}`);
  });
  return [...new Set(folders)];
}

function outside(path: string): InputError {
  return new InputError({
    code: "app/params",
    message: `app.deploy cannot share ${JSON.stringify(path)}: a path in the release is wanted, such as uploads/`,
  });
}
