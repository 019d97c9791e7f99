import { textOfLines, wholeLines } from "../files/text/whole-lines.ts";

export interface FstabEntry {
  readonly path: string;
  readonly src?: string | undefined;
  readonly fstype?: string | undefined;
  readonly options: string;
  readonly dump: string;
  readonly passno: string;
}

/** fstab with an entry as it is to be; the others, comments and blank lines stay as they are. */
export function putMount(text: string, entry: FstabEntry): string {
  const wanted = [entry.src ?? "", entry.path, entry.fstype ?? "", entry.options, entry.dump, entry.passno].map(
    escapeField,
  );
  const lines = wholeLines(text);
  const changed = lines.map((line) => {
    const fields = fieldsOf(line);
    if (!isMeant(fields, entry)) return line;
    const [, , , , dump = "0", passno = "0"] = fields;
    const isSo = [...fields.slice(0, 4), dump, passno].every((field, index) => field === wanted[index]);
    return isSo ? line : wanted.join(" ");
  });
  const isThere = lines.some((line) => isMeant(fieldsOf(line), entry));
  return textOfLines(isThere ? changed : [...changed, wanted.join(" ")]);
}

export function removeMount(text: string, entry: FstabEntry): string {
  const lines = wholeLines(text);
  const kept = lines.filter((line) => !isMeant(fieldsOf(line), entry));
  return kept.length === lines.length ? text : textOfLines(kept);
}

/** An entry is known by its folder, and swap by its device. */
function isMeant(fields: readonly string[], { path, src }: FstabEntry): boolean {
  if (fields.length < 4 || fields.length > 6 || fields[1] !== escapeField(path)) return false;
  return !(path === "none" && fields[2] === "swap" && src !== undefined && fields[0] !== escapeField(src));
}

function fieldsOf(line: string): string[] {
  const bare = line.split("#")[0]?.trim() ?? "";
  return bare === "" ? [] : bare.split(/\s+/);
}

function escapeField(field: string): string {
  return field.replaceAll("\\", "\\134").replaceAll(" ", "\\040").replaceAll("\t", "\\011").replaceAll("&", "\\046");
}
