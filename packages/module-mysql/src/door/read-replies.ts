import type { Reply } from "./reply.ts";

/** Between the answers to two questions; no row of ours looks like it. */
export const MARK = "#evenkeel";

/** Reads what ask.sh printed: a reply for each question. */
export function readReplies(output: string, count: number): readonly Reply[] {
  const [first = "", ...lines] = output.split("\n");
  const [, there, client] = first.split(" ");
  const at = lines.findIndex((line) => line.startsWith(`${MARK} `));
  if (at < 0) return Array.from({ length: count }, () => unreached(there, client, lines.join("\n").trim()));
  const version = (lines[at] ?? "").slice(MARK.length + 1);
  const sections = splitAt(lines.slice(at + 1));
  return Array.from({ length: count }, (_, index) => replyIn(sections[index] ?? [], version));
}

export function flavourOf(version: string): "mariadb" | "mysql" {
  return /mariadb/i.test(version) ? "mariadb" : "mysql";
}

function replyIn(lines: readonly string[], version: string): Reply {
  const error = /^ERROR (\d+ .*)$/m.exec(lines.join("\n"))?.[1];
  return {
    state: "said",
    flavour: flavourOf(version),
    version,
    // What else the client prints (a statement that failed, between dashes) is no row of ours.
    rows: error === undefined ? lines.filter((line) => line !== "").map(unescaped) : [],
    ...(error !== undefined && { error }),
  };
}

function splitAt(lines: readonly string[]): readonly (readonly string[])[] {
  const sections: string[][] = [];
  for (const line of lines) {
    if (line === MARK) sections.push([]);
    else sections.at(-1)?.push(line);
  }
  return sections;
}

/** As the client escapes a value in its batch mode. */
function unescaped(text: string): string {
  return text.replace(
    /\\([\\nt0])/g,
    (_, letter: string) => ({ "\\": "\\", n: "\n", t: "\t", 0: "\0" })[letter] ?? letter,
  );
}

function unreached(there: string | undefined, client: string | undefined, said: string): Reply {
  const because = said.replace(/ near .*/s, "");
  if (there === "no" && (client === "none" || /^ERROR 200[23]\b/m.test(said)))
    return { state: "unreached", server: "absent", because: because || "neither a server nor a client is installed" };
  if (client === "none" || /^ERROR 200[236]\b/m.test(said)) {
    const left = there === "left" ? "an earlier installation left its databases in /var/lib/mysql" : "";
    return { state: "unreached", server: "stopped", because: because || left || "its client is not installed" };
  }
  return { state: "unreached", server: "refused", because };
}
