import { textOfLines, wholeLines } from "../files/text/whole-lines.ts";

/** A hosts file in which an address has just these names. A comment at the end of its line stays. */
export function putHosts(text: string, address: string, names: readonly string[]): string {
  const lines = wholeLines(text);
  const at = lines.findIndex((line) => addressOf(line) === address);
  const isSo = (line: string) => line.split("#")[0]?.trim().split(/\s+/).slice(1).join(" ") === names.join(" ");
  const wanted = (line: string) => {
    const comment = line.includes("#") ? ` ${line.slice(line.indexOf("#"))}` : "";
    return isSo(line) ? line : `${address}\t${names.join(" ")}${comment}`;
  };
  if (at < 0) return textOfLines([...lines, `${address}\t${names.join(" ")}`]);
  // Said twice, the first is meant.
  return textOfLines(
    lines.flatMap((line, index) => (index === at ? [wanted(line)] : addressOf(line) === address ? [] : [line])),
  );
}

export function removeHosts(text: string, address: string): string {
  const lines = wholeLines(text);
  const kept = lines.filter((line) => addressOf(line) !== address);
  return kept.length === lines.length ? text : textOfLines(kept);
}

function addressOf(line: string): string {
  return line.split("#")[0]?.trim().split(/\s+/)[0] ?? "";
}
