import { StepError } from "@evenkeel/core";

/** The sum of a file in a list of sums, as GNU's and BSD's tools write them; a list of one sum is that file's. */
export function findChecksum(list: string, name: string, url: string): string {
  const lines = list.split("\n").map((line) => line.trimEnd());
  const only = lines.filter(Boolean);
  if (only.length === 1 && /^\S+$/.test(only[0] ?? "")) return only[0] ?? "";
  for (const line of lines) {
    const [, bsdName, bsdSum] = /^\w+ ?\((.+)\) ?= ?([\w.]+)$/.exec(line) ?? [];
    const [, sum, gnuName] = /^([\w.]+)\s+(?:\*|\.\/)?(.+)$/.exec(line) ?? [];
    if (bsdName === name && bsdSum) return bsdSum;
    if (gnuName?.replace(/^\.\//, "") === name && sum) return sum;
  }
  throw new StepError({
    code: "download/no-checksum",
    message: `${url} has no checksum for ${name}`,
    detail: list.slice(0, 500),
  });
}
