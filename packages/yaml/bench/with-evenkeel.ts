import { readYaml } from "../src/index.ts";

export function read(text: string): unknown {
  return readYaml(text, "playbook.yml").value;
}
