import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { isReleaseId, placeOf, placeOfRelease } from "../place.ts";
import type { ReleaseSettings } from "../release/release-state.ts";
import { scriptStep } from "../step/script-step.ts";

export interface OneInstance {
  /** `half`: some of it runs, or it was never found able to serve. */
  readonly runs: "yes" | "half" | "no";
  /** The sum of its units. */
  readonly units?: string;
}

/** An application's instances by their releases' ids. */
export type InstanceState = Readonly<Record<string, OneInstance>>;

export interface UnitTexts {
  readonly service: string;
  readonly socket: string;
}

export type DesiredInstance =
  | {
      readonly runs: string;
      /** Left out: those that are there, as a rollback finds them. */
      readonly units?: UnitTexts;
      readonly settings: ReleaseSettings;
    }
  | { readonly stopped: readonly string[]; readonly drainSeconds: number };

/** The instances of an application, by its name: one for each release that runs. */
export const instance = defineKind<InstanceState, DesiredInstance>({
  name: "instance",
  read(names) {
    for (const name of names) placeOf(name);
    // The script uses up what it is given, so each is read apart.
    const script = words("./read-instances.sh");
    return names.map((name) => `(set -- ${quoteAll([name])}\n${script})`).join("\n");
  },
  parse(output, names) {
    const all = new Map<string, Record<string, OneInstance>>(names.map((name) => [name, {}]));
    let instances: Record<string, OneInstance> = {};
    for (const line of Buffer.from(output).toString().split("\n")) {
      const [word, id = "", units = "", enabled, service, socket] = line.split(" ");
      if (word === "app") instances = all.get(id) ?? {};
      else if (word === "unit" && isReleaseId(id)) {
        const isOn = [enabled === "yes", service === "active", socket === "active"];
        const isOff = enabled === "no" && [service, socket].every((each) => each === "inactive" || each === "failed");
        instances[id] = { runs: isOn.every(Boolean) ? "yes" : isOff ? "no" : "half", units };
      }
    }
    return all;
  },
  ensure(actual, desired) {
    const changes = "runs" in desired ? start(actual, desired) : stop(actual, desired.stopped, desired.drainSeconds);
    return changes.filter(({ after }) => isUnsettled(actual.state) || !isSo(actual.state, after));
  },
  isAsPlanned: isSo,
  isAbsent: () => false,
  describe: (state) =>
    Object.fromEntries(
      Object.entries(state).map(([id, { runs }]) => [
        id,
        runs === "yes" ? "runs, and can serve" : runs === "no" ? "stopped" : "runs in part, or has never served",
      ]),
    ),
});

function isSo(actual: InstanceState, after: InstanceState): boolean {
  return Object.entries(after).every(([id, { runs, units }]) => {
    const now = actual[id] ?? { runs: "no" };
    return now.runs === runs && (units === undefined || now.units === units);
  });
}

type Actual = Observed<InstanceState>;

function start(
  { kind, key, state }: Actual,
  { runs, units, settings }: Extract<DesiredInstance, { runs: string }>,
): Change<InstanceState>[] {
  const { service, socketUnit, socket } = placeOfRelease(key, runs);
  const folder = "/etc/systemd/system";
  const before = isUnsettled(state) ? undefined : state[runs];
  const sum = units && hash("sha256", `${units.service}${units.socket}`);
  const script = `${words("./with-host.sh")}${words("./start.sh").replace("@ask@", askWords)}`;
  const write = (name: string, content: string): Step => ({
    do: "write",
    path: `${folder}/${name}`,
    content,
    mode: "0644",
  });
  const wasStarted = before !== undefined && before.runs === "yes";
  return [
    {
      ...{ kind, key, action: "ensure", before: state },
      after: { [runs]: { runs: "yes", ...(sum && { units: sum }) } },
      steps: [
        ...(units && before?.units !== sum ? [write(service, units.service), write(socketUnit, units.socket)] : []),
        scriptStep({ script, words: startWords(key, runs, socket, settings), failure: unhealthy(key, runs) }),
      ],
      // One that serves is not stopped because its units could not be mended.
      undo: wasStarted ? [] : [stopStep(key, runs, 0)],
      interrupts: "nothing",
    },
  ];
}

function startWords(name: string, id: string, socket: string, settings: ReleaseSettings): string[] {
  const { health = "", healthSeconds, healthChecks, releaseHeader = "", releaseValue = "" } = settings;
  return [name, id, socket, health, String(healthSeconds), String(healthChecks), releaseHeader, releaseValue];
}

function words(file: string): string {
  return readWords(new URL(file, import.meta.url));
}

/** How the host asks a socket of its own for a page: it has no curl, so one of three that some host always has. */
function askWords(): string {
  // Python's indentation says something, and is not to be taken away.
  const python = () => readFileSync(new URL("./ask.py", import.meta.url), "utf8");
  return words("./ask.sh")
    .replace("@perl@", () => words("./ask.pl"))
    .replace("@python@", python);
}

function stop({ kind, key, state }: Actual, stopped: readonly string[], seconds: number): Change<InstanceState>[] {
  return stopped.map((id) => ({
    ...{ kind, key, action: "ensure", before: state, after: { [id]: { runs: "no" } } },
    steps: [stopStep(key, id, seconds)],
    undo: [again(key, id)],
    interrupts: "nothing",
  }));
}

function stopStep(name: string, id: string, seconds: number): Step {
  const { socket } = placeOfRelease(name, id);
  return scriptStep({
    script: `${words("./with-host.sh")}${words("./stop.sh")}`,
    words: [name, id, socket, String(seconds)],
    failure: {
      code: "app/not-stopped",
      message: `release ${id} of ${name} could not be stopped`,
      hint: `look with: systemctl status '${name}@*'`,
    },
  });
}

function again(name: string, id: string): Step {
  const { service, socketUnit } = placeOfRelease(name, id);
  const script = `${words("./with-host.sh")}systemctl start -- "$3" "$4" && with_host yes "$1" "$2"`;
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-start-again", name, id, socketUnit, service] };
}

function unhealthy(name: string, id: string) {
  return {
    code: "app/unhealthy",
    message: `release ${id} of ${name} cannot serve`,
    hint: "no request went to it; it is stopped and removed, and what served before goes on serving",
  };
}
