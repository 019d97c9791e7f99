import { compileExpression } from "@evenkeel/template";

const toYaml = compileExpression("data | to_yaml(default_flow_style=false)");

/** YAML as `ansible-inventory --yaml` prints it, which is as the filter `to_yaml` does. */
export function printYaml(data: unknown): string {
  return String(toYaml.evaluate({ has: (name) => name === "data", get: () => data }));
}
