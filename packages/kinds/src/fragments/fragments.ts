import { defineKind, InternalError, readWords } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";

/** The files of a folder that together are to be one. */
export type FragmentsState =
  | { readonly state: "absent" }
  | { readonly state: "present"; readonly fragments: readonly Fragment[] };

interface Fragment {
  readonly name: string;
  /** Nothing: it is no UTF-8 text, or all are too long. */
  readonly text?: string;
}

/** The files of a folder, with what is in them; only ever asked about. */
export const fragments = defineKind<FragmentsState, never>({
  name: "fragments",
  read: (folders) =>
    `${readWords(new URL("./read.sh", import.meta.url))}${folders.map((folder) => `evk_fragments ${pathWord(folder)}`).join("\n")}`,
  parse(output, folders) {
    const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
    let at = 0;
    const upTo = (end: number) => {
      const found = bytes.indexOf(end, at);
      const text = bytes.toString("utf8", at, found);
      at = found + 1;
      return text;
    };
    return new Map(
      folders.map((folder): [string, FragmentsState] => {
        if (upTo(0x0a) === "absent") return [folder, { state: "absent" }];
        const found: Fragment[] = [];
        for (let name = upTo(0); name !== ""; name = upTo(0)) {
          const size = Number(upTo(0x0a));
          const content = bytes.subarray(at, at + size);
          at += size;
          const text = content.toString();
          found.push({ name, ...(Buffer.from(text).equals(content) && { text }) });
        }
        return [folder, { state: "present", fragments: found }];
      }),
    );
  },
  ensure() {
    throw new InternalError({ code: "fragments/ensure", message: "fragments are only asked about" });
  },
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => ({ state: state.state }),
});
