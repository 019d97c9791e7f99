import { spawnSync } from "node:child_process";
import type { Context } from "../engine/context.ts";
import { TemplateFault } from "../python/fault.ts";
import { toText } from "../python/repr.ts";
import { splitLines, strip } from "../python/split-text.ts";
import { EffectRefused } from "./effect-refused.ts";
import type { Lookup } from "./lookup.ts";

/** Lookups that run a program on the machine that Evenkeel runs on. */
export const programLookups: Readonly<Record<string, Lookup>> = {
  pipe: (terms, _options, context) =>
    terms.map((term) => strip(run("pipe", toText(term), context), undefined, "right")),
  lines: (terms, _options, context) => terms.flatMap((term) => splitLines(run("lines", toText(term), context))),
};

function run(lookup: string, command: string, context: Context): string {
  const { environment } = context;
  if (environment.isSpeculative) throw new EffectRefused(lookup);
  const { status, stdout, error } = context.outside(() =>
    spawnSync("/bin/sh", ["-c", command], {
      cwd: environment.directories?.[0],
      stdio: ["ignore", "pipe", "inherit"],
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
  if (error !== undefined) throw new TemplateFault("lookup", `${lookup}(${command}): ${error.message}`);
  if (status !== 0) throw new TemplateFault("lookup", `${lookup}(${command}) returned ${status}`);
  return stdout;
}
