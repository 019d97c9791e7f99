import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { defineKind, InputError, InternalError } from "@evenkeel/core";
import type { FragmentsState } from "./fragments.ts";

/** The files of a folder of ours, with what is in them; only ever asked about. */
export const ourFragments = defineKind<FragmentsState, never>({
  name: "our-fragments",
  ask: async (queries) => queries.map(({ key }) => readFragments(key)),
  ensure() {
    throw new InternalError({ code: "fragments/ensure", message: "fragments are only asked about" });
  },
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => ({ state: state.state }),
});

function readFragments(folder: string): FragmentsState {
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return { state: "present", fragments: names.map((name) => ({ name, text: readText(join(folder, name)) })) };
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes)) return text;
  throw new InputError({
    code: "fragments/text",
    message: `${path} is no UTF-8 text`,
    hint: "only texts are assembled",
  });
}
