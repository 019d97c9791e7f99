import { textOfLines, wholeLines } from "../files/text/whole-lines.ts";

/** A line of a sources.list, as far as it is one. */
export interface SourceLine {
  readonly isEnabled: boolean;
  /** Without comment, its words parted by one blank. */
  readonly source: string;
}

export function parseSourceLine(line: string): SourceLine | undefined {
  const trimmed = line.trim();
  const isEnabled = !trimmed.startsWith("#");
  const bare = isEnabled ? trimmed : trimmed.slice(1);
  const source = bare.split("#")[0]?.trim().split(/\s+/).join(" ") ?? "";
  return /^deb(-src)? /.test(source) ? { isEnabled, source } : undefined;
}

/** The file for a source, as Ansible names it: after its address. */
export function sourcesFileName(source: string, filename: string | undefined): string {
  if (filename !== undefined) return filename.startsWith("/") ? filename : `/etc/apt/sources.list.d/${filename}.list`;
  const words = source
    .replace(/\[[^\]]+\]/, "")
    .replace(/\w+:\/\//g, "")
    .split(" ")
    .filter((word) => word !== "" && word !== "deb" && word !== "deb-src");
  const address = (words[0] ?? "").replace(/^[^@]*@/, "");
  return `/etc/apt/sources.list.d/${address
    .replace(/[^a-zA-Z0-9]/g, " ")
    .trim()
    .split(/\s+/)
    .join("_")}.list`;
}

/** A text in which a source is enabled: a line that was commented out is put back. */
export function putSource(text: string, source: string): string {
  const lines = wholeLines(text);
  const known = lines.map(parseSourceLine);
  if (known.some((each) => each?.isEnabled && each.source === source)) return text;
  const at = known.findIndex((each) => each?.source === source);
  return textOfLines(at < 0 ? [...lines, source] : lines.with(at, source));
}

export function removeSource(text: string, source: string): string {
  const lines = wholeLines(text);
  const kept = lines.filter((line) => {
    const each = parseSourceLine(line);
    return !(each?.isEnabled && each.source === source);
  });
  return kept.length === lines.length ? text : textOfLines(kept);
}
