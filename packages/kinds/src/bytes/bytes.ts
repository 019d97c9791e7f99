import { defineKind, InternalError } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";

/** What is in a file, whatever it is. */
export type BytesState =
  | { readonly state: "absent" | "folder" | "unreadable" | "too long" }
  | { readonly state: "present"; readonly base64: string };

/** An exchange brings no more than this of all files together. */
const MOST = 16 * 1024 * 1024;

/** The content of a file, byte by byte; only ever asked about. A link is followed. */
export const bytes = defineKind<BytesState, never>({
  name: "bytes",
  read: (paths) => `${READ}${paths.map((path) => `evk_bytes ${pathWord(path)}`).join("\n")}`,
  parse(output, paths) {
    const all = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
    let at = 0;
    return new Map(
      paths.map((path): [string, BytesState] => {
        const end = all.indexOf(0x0a, at);
        const said = all.toString("latin1", at, end);
        const size = /^\d+$/.test(said) ? Number(said) : 0;
        at = end + 1 + size;
        if (size === 0 && said !== "0") return [path, { state: said as "absent" }];
        return [path, { state: "present", base64: all.toString("base64", at - size, at) }];
      }),
    );
  },
  ensure() {
    throw new InternalError({ code: "bytes/ensure", message: "bytes are only asked about" });
  },
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  describe: ({ state }) => ({ state }),
});

const READ = `evk_bytes() {
  if [ -d "$1" ]; then echo folder; return; fi
  if [ ! -e "$1" ]; then echo absent; return; fi
  if [ ! -f "$1" ] || [ ! -r "$1" ]; then echo unreadable; return; fi
  evk_size=$(stat -Lc %s -- "$1")
  # What the kernel makes up as it is read says that it is empty.
  [ "$evk_size" -gt 0 ] || evk_size=$(cat -- "$1" | wc -c)
  evk_size=\${evk_size##* }
  if [ "$evk_size" -gt ${MOST} ]; then echo "too long"; return; fi
  echo "$evk_size"
  head -c "$evk_size" -- "$1"
}
`;
