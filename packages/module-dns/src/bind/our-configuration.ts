import type { Change, Observed } from "@evenkeel/core";
import { isUnsettled, readWords } from "@evenkeel/core";
import type { FileState } from "@evenkeel/kinds";
import { file } from "@evenkeel/kinds";
import { NAMED_CONF, OUR_CONF } from "./paths.ts";

/** What of our file of named's configuration is known. What a package may bring is not of ours: then there is none yet. */
export function ourText({ state }: Observed<FileState>): string {
  return !isUnsettled(state) && state.type === "file" && typeof state.text === "string" ? state.text : "";
}

/** Our file with a block as it is to be, or without it. named sees all of its configuration with it before anything is replaced. */
export function changeOurConfiguration(
  actual: Observed<FileState>,
  title: string,
  body: string | undefined,
): readonly Change[] {
  const text = ourText(actual);
  const content = withBlock(text === "" ? HEAD : text, title, body);
  if (body === undefined && text === "" && !isUnsettled(actual.state)) return [];
  const script = readWords(new URL("./check-named.sh", import.meta.url));
  const validate = ["sh", "-c", script, "evenkeel-check-named", NAMED_CONF, OUR_CONF, "%s"];
  return file.ensure(actual, { content, mode: "0644", validate });
}

const HEAD = "# Written by Evenkeel. Between its marks everything is replaced.\n";

/** A text with its block of that title as it is to be, or without it. */
export function withBlock(text: string, title: string, body: string | undefined): string {
  const block = body === undefined ? "" : `${beginOf(title)}${body}\n${endOf(title)}`;
  const place = placeOf(text, title);
  return place ? `${text.slice(0, place.from)}${block}${text.slice(place.to)}` : `${text}${block}`;
}

/** What is in the block of that title; nothing when there is none. */
export function blockIn(text: string, title: string): string | undefined {
  const place = placeOf(text, title);
  return place && text.slice(place.from + beginOf(title).length, place.to - endOf(title).length);
}

function placeOf(text: string, title: string): { readonly from: number; readonly to: number } | undefined {
  const from = `\n${text}`.indexOf(`\n${beginOf(title)}`);
  const end = text.indexOf(endOf(title), from);
  return from < 0 || end < 0 ? undefined : { from, to: end + endOf(title).length };
}

const beginOf = (title: string) => `# ${title}\n`;
const endOf = (title: string) => `# end of ${title}\n`;
