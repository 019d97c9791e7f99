import { closest, InputError } from "@evenkeel/core";
import type { RoleRequest } from "../roles/use-role.ts";
import { readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import type { ValueType } from "../values/value-type.ts";
import { flag, text } from "../values/value-type.ts";
import { layerOf } from "../variables/layer.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import type { TaskReading } from "./read-task.ts";

const known = [
  ...["name", "role", "tasks_from", "vars_from", "defaults_from", "handlers_from"],
  ...["apply", "public", "allow_duplicates", "rolespec_validate"],
];

/** What `include_role` or `import_role` asks for. */
export interface RoleCall {
  readonly request: RoleRequest;
  readonly isPublic: boolean;
  readonly apply: Written | undefined;
}

/** The parameters of such a call; `scope` is what their templates know. */
export function readRoleCall({ call, here }: TaskReading, scope: TaskScope): RoleCall {
  const { params, name: action, written } = call;
  const name = params.get("name") ?? params.get("role");
  if (name === undefined) {
    throw new InputError({
      code: "playbook/missing-parameter",
      message: `${action} needs the parameter "name"`,
      place: written.keyPlace,
    });
  }
  const value = <T>(key: string, type: ValueType<T>) => {
    const found = params.get(key);
    return found && found.value !== null
      ? readAs(prepare(found).resolve(scope), { name: key, written: found }, type)
      : undefined;
  };
  const from = Object.fromEntries(
    (["tasks", "vars", "defaults", "handlers"] as const).flatMap((folder) => {
      const file = value(`${folder}_from`, text);
      return file === undefined ? [] : [[folder, file]];
    }),
  );
  return {
    request: {
      name: readAs(prepare(name).resolve(scope), { name: "name", written: name }, text),
      written: name,
      keywords: new Map(),
      params: { level: "role parameters", entries: new Map() },
      given: layerOf("role vars", here.heritage.keywords.get("vars")),
      from,
      isIncluded: true,
      mayRepeat: value("allow_duplicates", flag) ?? true,
      validates: value("rolespec_validate", flag) ?? true,
    },
    isPublic: value("public", flag) ?? action === "import_role",
    apply: params.get("apply"),
  };
}

/** What is wrong with a call that can be told before it runs. */
export function checkRoleCall({ call, here: { reading } }: TaskReading): void {
  const { params, name: action, written, freeForm } = call;
  for (const [key, each] of params) {
    if (known.includes(key) && !(key === "apply" && action === "import_role")) continue;
    const hint = closest(key, known);
    const message = `${action} has no parameter ${JSON.stringify(key)}`;
    reading.mistakes.add({ code: "unknown-parameter", message, place: each.keyPlace, ...(hint && { hint }) });
  }
  if (params.has("name") || params.has("role")) return;
  const hint = freeForm ? `name: ${String(freeForm.value)}` : undefined;
  const message = `${action} needs the parameter "name"`;
  reading.mistakes.add({ code: "missing-parameter", message, place: written.keyPlace, ...(hint && { hint }) });
}
