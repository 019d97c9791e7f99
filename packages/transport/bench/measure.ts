/** What is compared: ours and theirs, by name. The last of the others is what ours is held against. */
export interface Contest {
  readonly title: string;
  readonly rounds: number;
  readonly runs: Readonly<Record<string, () => Promise<unknown>>>;
  /** Done before each run, and not counted. */
  readonly prepare?: () => Promise<unknown>;
}

export interface Result {
  readonly title: string;
  readonly rounds: number;
  readonly medians: Readonly<Record<string, number>>;
}

/** Runs all in turns, A B A B, so that what else the machine does hits them alike. */
export async function measure({ title, rounds, runs, prepare }: Contest): Promise<Result> {
  const times = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
  const asked = Number(process.env.ROUNDS ?? rounds);
  // Before the first round there is one that does not count: a host's file system is slow when it is new.
  for (let round = -1; round < asked; round++) {
    for (const [name, run] of Object.entries(runs)) {
      await prepare?.();
      const start = performance.now();
      await run();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return { title, rounds: asked, medians: Object.fromEntries([...times].map(([name, all]) => [name, median(all)])) };
}

function median(numbers: number[]): number {
  const sorted = numbers.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
