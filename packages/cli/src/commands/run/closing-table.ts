import { styleText } from "node:util";
import type { Change } from "@evenkeel/core";
import type { HostTally, RunEvent } from "@evenkeel/runner";
import { printable } from "./printable.ts";

/** A change, and how long it took: not known before it is made. */
export interface Told {
  readonly host: string;
  readonly change: Change;
  readonly milliseconds?: number;
}

/** What each host came to, what was interrupted and for how long, what is left to be done, and how to go on. */
export function closingTable(
  { hosts, mode, pending }: Extract<RunEvent, { readonly type: "summary" }>,
  told: readonly Told[],
): string {
  const names = Object.keys(hosts);
  const width = Math.max(0, ...names.map((name) => name.length));
  const rows = Object.entries(hosts).map(
    ([name, tally]) => `${name.padEnd(width)}  ${cells(tally, mode).join("  ")}\n`,
  );
  const costs = told
    .filter(({ change }) => change.interrupts !== "nothing")
    .map((each) => styleText("yellow", `${each.host.padEnd(width)}  ${costOf(each)}\n`));
  const left = Object.entries(pending).flatMap(([host, actions]) =>
    actions.map(({ handler }) => styleText("yellow", `${host.padEnd(width)}  still to be done: ${handler}\n`)),
  );
  const bad = names.filter((name) => hosts[name]?.failed || hosts[name]?.unreachable);
  const next =
    bad.length > 0 && mode === "apply"
      ? `\nnext  put right what failed, then apply again with -l ${bad.join(",")}\n`
      : "";
  return `\n${rows.join("")}${costs.join("")}${left.join("")}${next}`;
}

function costOf({ change: { interrupts, kind, key }, milliseconds }: Told): string {
  const what = `${interrupts} of ${kind} ${printable(key)}`;
  return milliseconds === undefined
    ? `would interrupt: ${what}`
    : `interrupted: ${what}, ${(milliseconds / 1000).toFixed(1)} s`;
}

function cells(tally: HostTally, mode: "plan" | "apply"): string[] {
  const { ok, changed, failed, skipped, rescued, ignored, unreachable } = tally;
  const verb = mode === "plan" ? "would change" : "changed";
  return [
    `ok ${ok}`,
    changed > 0 ? styleText("yellow", `${verb} ${changed}`) : `${verb} 0`,
    ...(skipped > 0 ? [`skipped ${skipped}`] : []),
    ...(rescued > 0 ? [`rescued ${rescued}`] : []),
    ...(ignored > 0 ? [`ignored ${ignored}`] : []),
    ...(failed > 0 ? [styleText("red", `failed ${failed}`)] : []),
    ...(unreachable ? [styleText("red", "unreachable")] : []),
  ];
}
