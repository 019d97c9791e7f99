import type { Host } from "@evenkeel/lab";
import type { Contender } from "./contenders.ts";
import { ansible, byHand, evenkeel, filesOf, mitogen } from "./contenders.ts";
import type { Way } from "./stage.ts";
import { Stage } from "./stage.ts";

/**
 * How long examples/ansible-playbook takes, ours beside Ansible's, Mitogen's and a script written by hand: `npm run bench`.
 * In turns, so that what else the machine does hits all alike; medians; ratios to the script.
 */
await using stage = await Stage.set();
const rounds = Number(process.env.ROUNDS ?? 7);
console.log(await versions(), "\n");

const [first, second, third, fourth] = (await stage.blank(4)) as [Host, Host, Host, Host];
const pipelining = ansible(stage, "");
await compare("plan on a blank host", 1, { "evenkeel plan": [evenkeel("plan"), await stage.way([first], 0)] });
await compare("first run on a blank host", 1, {
  "evenkeel apply": [evenkeel("apply"), await stage.way([first], 0)],
  "ansible-core, pipelining": [pipelining, await stage.way([second], 0)],
  "ansible-core with Mitogen": [ansible(stage, mitogen), await stage.way([third], 0)],
  "by hand": [byHand(stage, await filesOf(first)), await stage.way([fourth], 0)],
});

const hosts = await stage.alike(first, Number(process.env.HOSTS ?? 20));
const script = byHand(stage, await filesOf(first));
for (const [count, rtt] of [
  [1, 0],
  [1, 50],
  [hosts.length, 0],
  [hosts.length, 50],
] as const) {
  const way = await stage.way(hosts.slice(0, count), rtt);
  const slow = count === 1 ? Math.min(rounds, 3) : 1;
  await compare(
    `nothing to do, ${count} ${count === 1 ? "host" : "hosts"}, ${rtt} ms round trip`,
    rounds,
    {
      "evenkeel apply": [evenkeel("apply"), way],
      "by hand": [script, way],
    },
    { "ansible-core, pipelining": [pipelining, way], "ansible-core with Mitogen": [ansible(stage, mitogen), way] },
    slow,
  );
}

type Runs = Readonly<Record<string, readonly [Contender, Way]>>;

/** Those that take long go fewer rounds. */
async function compare(title: string, count: number, runs: Runs, longRuns: Runs = {}, longRounds = 0): Promise<void> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < count; round++) {
    for (const [name, [contender, way]] of Object.entries(round < longRounds ? { ...runs, ...longRuns } : runs)) {
      const start = performance.now();
      await contender(way);
      times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    }
  }
  const floor = median(times.get("by hand") ?? []);
  console.log(`${title}  (median of ${count}${longRounds > 0 ? `, Ansible ${longRounds}` : ""})`);
  for (const [name, all] of times) {
    const ratio = floor > 0 ? `   ${(median(all) / floor).toFixed(2)} × by hand` : "";
    console.log(`  ${name.padEnd(28)} ${(median(all) / 1000).toFixed(2).padStart(8)} s${ratio}`);
  }
  console.log();
}

async function versions(): Promise<string> {
  const { stdout } = await stage.controller.shell(
    "ansible --version | head -n 1; dpkg-query -W -f 'Mitogen ${Version}\\n' ansible-mitogen; ssh -V 2>&1",
  );
  return `Node ${process.version}\n${stdout.trim()}`;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
