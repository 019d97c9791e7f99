import { Emitter } from "./emitter.ts";
import type { GivenLayout } from "./layout.ts";
import { layoutWith } from "./layout.ts";
import { represent } from "./represent.ts";

/** Writes YAML, byte for byte as Ansible does with PyYAML and libyaml. */
export function dumpYaml(value: unknown, layout: GivenLayout): string {
  const complete = layoutWith(layout);
  return new Emitter(complete).document(represent(value, complete));
}
