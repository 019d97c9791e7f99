/** What a playbook came to on blank hosts. */
export interface Outcome {
  /** Of the first and of the second run, what each host came to. */
  readonly runs: readonly Readonly<Record<string, Counts>>[];
  /** What became of each host, and what the playbook's own questions say of it. */
  readonly state: Readonly<Record<string, readonly string[]>>;
}

export interface Counts {
  readonly ok: number;
  readonly changed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly rescued: number;
  readonly ignored: number;
}

const fields = ["ok", "changed", "skipped", "failed", "rescued", "ignored"] as const;

/** The counts in the table with which Ansible ends. */
export function countsInRecap(printed: string): Readonly<Record<string, Counts>> {
  const [, recap] = printed.split(/^PLAY RECAP \**$/m);
  if (recap === undefined) throw new Error(`Ansible did not get to its recap:\n${printed}`);
  const rows = [...recap.matchAll(/^(\S+)\s+: (ok=.*)$/gm)];
  const count = (row: string, field: string) => Number(new RegExp(`\\b${field}=(\\d+)`).exec(row)?.[1]);
  return byHost(
    rows.map(([, host = "", row = ""]) => [host, (field) => count(row, field)]),
    printed,
  );
}

/** The counts in the last event of ours. */
export function countsInSummary(printed: string): Readonly<Record<string, Counts>> {
  const last = printed
    .trim()
    .split("\n")
    .findLast((line) => line.startsWith('{"type":"summary"'));
  if (last === undefined) throw new Error(`ours did not get to its summary:\n${printed}`);
  const { hosts } = JSON.parse(last) as { hosts: Readonly<Record<string, Counts>> };
  return byHost(
    Object.entries(hosts).map(([host, counts]) => [host, (field) => counts[field]]),
    printed,
  );
}

type Row = readonly [host: string, count: (field: keyof Counts) => number];

function byHost(rows: readonly Row[], printed: string): Readonly<Record<string, Counts>> {
  const hosts = rows.map(([host, count]) => {
    const counts = Object.fromEntries(fields.map((field) => [field, count(field)])) as unknown as Counts;
    if (counts.failed > 0) throw new Error(`${host} failed:\n${printed}`);
    return [host, counts] as const;
  });
  return Object.fromEntries(hosts.sort(([one], [other]) => (one < other ? -1 : 1)));
}
