import type { Counts, Outcome } from "./outcome.ts";

/** Where we come to another count than Ansible, on purpose. A difference that is gone fails the comparison as well. */
interface Difference {
  readonly playbook: string;
  readonly run: number;
  readonly host: string;
  readonly counts: Partial<Counts>;
  readonly because: string;
}

const startsLater =
  "a package's service starts when it has its configuration: the task that starts it changes something";

const keepsForItself =
  "a package that another brought is marked as wanted for itself: Ansible does it, too, and is silent";

const differences: readonly Difference[] = [
  { playbook: "apps", run: 0, host: "web", counts: { changed: 1 }, because: startsLater },
  { playbook: "database", run: 0, host: "web", counts: { changed: 1 }, because: startsLater },
  { playbook: "platform", run: 0, host: "db", counts: { changed: 1 }, because: keepsForItself },
  { playbook: "platform", run: 0, host: "web", counts: { changed: 1 }, because: keepsForItself },
];

/** What we must come to, where Ansible came to this. */
export function expectedOf(playbook: string, { runs, state }: Outcome): Outcome {
  const mine = differences.filter((each) => each.playbook === playbook);
  const expected = runs.map((hosts, run) => {
    const here = mine.filter((each) => each.run === run);
    return Object.fromEntries(
      Object.entries(hosts).map(([host, counts]) => [
        host,
        here.filter((each) => each.host === host).reduce(plus, counts),
      ]),
    );
  });
  return { runs: expected, state };
}

function plus(counts: Counts, { counts: more }: Difference): Counts {
  const entries = Object.entries(counts).map(([field, count]) => [field, count + (more[field as keyof Counts] ?? 0)]);
  return Object.fromEntries(entries) as Counts;
}
