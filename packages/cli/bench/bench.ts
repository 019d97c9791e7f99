import type { Host } from "@evenkeel/lab";
import type { Contender } from "./contenders.ts";
import { ansible, byHand, evenkeel, filesOf, mitogen } from "./contenders.ts";
import type { Way } from "./stage.ts";
import { Stage } from "./stage.ts";

/**
 * How long examples/ansible-playbook takes, ours beside Ansible's, Mitogen's and a script written by hand: `npm run bench`.
 * In turns, so that what else the machine does hits all alike; medians; ratios to the script. ANSIBLE=0 leaves Ansible's runs out.
 */
await using stage = await Stage.set();
const rounds = Number(process.env.ROUNDS ?? 9);
const withAnsible = process.env.ANSIBLE !== "0";
const pipelining = ansible(stage, "");
const withMitogen = ansible(stage, mitogen);
console.log(`${await versions()}\n`);

const FIRST_ROUNDS = 3;
const blank = await stage.blank(2 * FIRST_ROUNDS + 2);
const [first] = blank as readonly [Host];
const wayTo = (index: number) => stage.way(blank.slice(index, index + 1), 0);
const mine = async (way: Way): Promise<Times> =>
  measure(1, { "evenkeel plan": [evenkeel("plan"), way], "evenkeel apply": [evenkeel("apply"), way] });
let firsts = await mine(await wayTo(0));
// The script brings the files as our templates have rendered them.
const script = byHand(stage, await filesOf(first));
for (let round = 0; round < FIRST_ROUNDS; round++) {
  if (round > 0) firsts = joined(firsts, await mine(await wayTo(2 * round)));
  firsts = joined(firsts, await measure(1, { "by hand": [script, await wayTo(2 * round + 1)] }));
}
if (withAnsible) {
  const theirs = await measure(1, {
    "ansible-core, pipelining": [pipelining, await wayTo(2 * FIRST_ROUNDS)],
    "ansible-core with Mitogen": [withMitogen, await wayTo(2 * FIRST_ROUNDS + 1)],
  });
  firsts = joined(firsts, theirs);
}
print("first run, a blank host with Python", `medians of ${FIRST_ROUNDS}, Ansible's of 1`, firsts);

const hosts = await stage.alike(first, Number(process.env.HOSTS ?? 20));
for (const count of new Set([1, hosts.length])) {
  for (const rtt of [0, 50]) {
    const way = await stage.way(hosts.slice(0, count), rtt);
    const quick = await measure(rounds, { "evenkeel apply": [evenkeel("apply"), way], "by hand": [script, way] });
    const few = count === 1 ? Math.min(rounds, 3) : 1;
    const slow = await measure(withAnsible ? few : 0, {
      "ansible-core, pipelining": [pipelining, way],
      "ansible-core with Mitogen": [withMitogen, way],
    });
    const title = `nothing to do, ${count} ${count === 1 ? "host" : "hosts"}, ${rtt} ms round trip`;
    print(title, `medians of ${rounds}, Ansible's of ${few}`, { ...quick, ...slow });
  }
}

type Times = Readonly<Record<string, readonly number[]>>;

async function measure(count: number, runs: Readonly<Record<string, readonly [Contender, Way]>>): Promise<Times> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < count; round++) {
    for (const [name, [contender, way]] of Object.entries(runs)) {
      const start = performance.now();
      await contender(way);
      times[name] = [...(times[name] ?? []), performance.now() - start];
    }
  }
  return times;
}

function joined(one: Times, other: Times): Times {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, [...(one[name] ?? []), ...(other[name] ?? [])]]));
}

function print(title: string, how: string, times: Times): void {
  const floor = median(times["by hand"] ?? []);
  console.log(`${title}  (${how})`);
  for (const [name, all] of Object.entries(times)) {
    const spread = all.length > 1 ? `  ${seconds(Math.min(...all))} to ${seconds(Math.max(...all))}` : "";
    console.log(
      `  ${name.padEnd(28)} ${seconds(median(all)).padStart(8)} s  ${(median(all) / floor).toFixed(2).padStart(6)} × by hand${spread}`,
    );
  }
  console.log();
}

async function versions(): Promise<string> {
  const { stdout } = await stage.controller.shell(
    "ansible --version | head -n 1; dpkg-query -W -f 'Mitogen ${Version}\\n' ansible-mitogen; ssh -V 2>&1",
  );
  return `Node ${process.version}\n${stdout.trim()}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
