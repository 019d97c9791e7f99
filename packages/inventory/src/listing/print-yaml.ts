import { loadTemplates } from "@evenkeel/template";
import { Vaulted } from "@evenkeel/yaml";
import { isMapping } from "../sources/read-groups.ts";

/** YAML as `ansible-inventory --yaml` prints it, which is as the filter `to_yaml` does. */
export async function printYaml(value: unknown): Promise<string> {
  const { compileExpression } = await loadTemplates();
  const secrets: string[] = [];
  const shown = withNames(value, secrets);
  const scope = { has: (name: string) => name === "value", get: () => shown };
  const text = String(compileExpression("value | to_yaml(default_flow_style=false)").evaluate(scope));
  return text.replace(
    /^( *)(.*)\bevenkeel-vaulted-(\d+)$/gm,
    (_line, indent: string, before: string, index: string) => {
      const lines = (secrets[Number(index)] ?? "").trimEnd().split("\n");
      return `${indent}${before}!vault |\n${lines.map((line) => `${indent}  ${line}`).join("\n")}`;
    },
  );
}

/** Templates have no tag for what is encrypted: names stand for that. */
function withNames(value: unknown, secrets: string[]): unknown {
  if (value instanceof Vaulted) return `evenkeel-vaulted-${secrets.push(value.ciphertext) - 1}`;
  if (Array.isArray(value)) return value.map((each) => withNames(each, secrets));
  if (!isMapping(value)) return value;
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  const made = entries.map(([key, each]): [unknown, unknown] => [key, withNames(each, secrets)]);
  return value instanceof Map ? new Map(made) : Object.fromEntries(made);
}
