import { StepError } from "@evenkeel/core";
import type { ResourceRecord } from "../records/resource-record.ts";
import { setOf } from "../records/resource-record.ts";

/** A share says nothing about a handful of records. */
const FEW = 10;

/** Refuses to take away more records than a run may: an empty list in a variable must not empty a zone. */
export function demandFewDeletions(
  zone: string,
  before: { readonly records: readonly ResourceRecord[]; readonly unread: readonly string[] },
  after: readonly ResourceRecord[],
  allowed: string,
): void {
  const gone = [...deletions(before.records, after), ...before.unread];
  const all = before.records.length + before.unread.length;
  const isShare = allowed.endsWith("%");
  const most = isShare ? (all < FEW ? all : Math.floor((all * Number.parseInt(allowed, 10)) / 100)) : Number(allowed);
  if (gone.length <= most) return;
  throw new StepError({
    code: "dns/deletions",
    message: `${gone.length} of ${all} records of ${zone} would go, and max_deletions allows ${most}${isShare ? ` (${allowed})` : ""}`,
    detail: gone.join("\n"),
    hint: `nothing was changed; if that is meant: max_deletions: ${gone.length}`,
  });
}

/** What is no more, and has nothing else in its place: another value of the same name and type is a change. */
function deletions(before: readonly ResourceRecord[], after: readonly ResourceRecord[]): readonly string[] {
  const now = Map.groupBy(after, setOf);
  return [...Map.groupBy(before, setOf)].flatMap(([set, own]) => {
    const others = now.get(set) ?? [];
    const gone = own.filter(({ data }) => !others.some((each) => each.data === data));
    const came = others.filter(({ data }) => !own.some((each) => each.data === data));
    return gone.slice(came.length).map(({ data }) => `${set} ${data}`);
  });
}
