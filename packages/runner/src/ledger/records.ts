/** Who works on a host. */
export interface Holder {
  /** A person, and from where: `anna@laptop`. */
  readonly owner: string;
  readonly machine: string;
  readonly process: number;
  readonly since: string;
  readonly reason: string;
}

/** What is still to be done on a host, by name: a handler of a program. */
export interface Pending {
  readonly id: string;
  readonly program: string;
  readonly play: string;
  readonly handler: string;
  /** The task that called for it. */
  readonly task: string;
  /** The run it was called in: what this handler has done under it is not done again. */
  readonly run: string;
  readonly since: string;
}

/** A run that has begun to change a host, and has not ended. */
export interface UnfinishedRun {
  readonly program: string;
  readonly run: string;
  readonly since: string;
  readonly owner: string;
}

export interface HostRecords {
  /** Where they are kept. */
  readonly folder: string;
  readonly lock?: {
    readonly token: string;
    readonly secondsLeft: number;
    readonly isExpired: boolean;
    readonly holder?: Holder;
  };
  readonly pending: readonly Pending[];
  readonly runs: readonly UnfinishedRun[];
  /** Jobs of an earlier connection that still run. */
  readonly jobs: readonly string[];
}

/** Reads what `evl_tell` printed. */
export function parseRecords(text: string): HostRecords {
  const pending: Pending[] = [];
  const runs: UnfinishedRun[] = [];
  const jobs: string[] = [];
  let lock: HostRecords["lock"];
  for (const line of text.split("\n")) {
    const [, word, id = "", rest = ""] = /^(held|expired|pending|run|job) (\S+) (.*)$/.exec(line) ?? [];
    if (word === "held" || word === "expired") lock = parseLock(id, rest, word === "expired");
    else if (word === "pending") pending.push(...parse<Pending>(rest));
    else if (word === "run") runs.push(...parse<UnfinishedRun>(rest));
    else if (word === "job") jobs.push(id);
  }
  const folder = /^folder (.*)$/m.exec(text)?.[1] ?? "";
  return { folder, ...(lock && { lock }), pending, runs, jobs };
}

function parseLock(token: string, rest: string, isExpired: boolean): NonNullable<HostRecords["lock"]> {
  const [, seconds = "0", json = ""] = /^(-?\d+) (.*)$/.exec(rest) ?? [];
  const [holder] = parse<Holder>(json);
  return { token, secondsLeft: Number(seconds), isExpired, ...(holder && { holder }) };
}

/** A record that a full disk has cut short is as good as none. */
function parse<Record>(json: string): Record[] {
  try {
    return [JSON.parse(json) as Record];
  } catch {
    return [];
  }
}
