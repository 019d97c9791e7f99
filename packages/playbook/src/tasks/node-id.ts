import { relative } from "node:path";
import type { Here } from "../reading.ts";
import type { Written } from "../written/written.ts";

/** Where in the playbook a node stands, however the playbook was called and wherever it lies. */
export function idOf(written: Written, { reading, frame, within }: Here): string {
  const { line = 0, column = 0 } = written.place;
  const file = within.at(-1) ?? written.place.file;
  const path = frame.role
    ? `${frame.role.fullName}/${relative(frame.role.path, file)}`
    : relative(reading.world.playbookDirectory, file);
  return `${path}:${line}:${column}`;
}
