import { Arrivals } from "./arrivals.ts";
import type { Outcome } from "./outcome.ts";
import { failedOutcome, judge } from "./outcome.ts";
import { OwnLag } from "./own-lag.ts";
import type { ProbeReport } from "./probe-report.ts";
import type { ClassSettings, ProbeSettings } from "./resolve-options.ts";
import { RunRecord } from "./run-record.ts";
import { Tally } from "./tally.ts";
import { contextOf } from "./traffic/context-of.ts";
import { createTraffic } from "./traffic/create-traffic.ts";
import type { Traffic } from "./traffic/traffic.ts";

/** One run of the probe, on the thread that it is made on: sends on schedule, judges what comes, counts. */
export class ProbeRun {
  /** The releases that requests may be answered by; undefined means any. */
  releases: string[] | undefined;
  readonly #settings: ProbeSettings;
  readonly #lanes: ClassLane[];
  readonly #lag = new OwnLag();
  readonly #record = new RunRecord();
  readonly #underWay = new Set<Promise<void>>();
  readonly #held = new Set<Promise<void>>();
  readonly #done = Promise.withResolvers<ProbeReport>();
  #start = 0;
  #end: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: ProbeSettings) {
    this.#settings = settings;
    this.releases = settings.releases;
    this.#lanes = settings.classes.map((one) => this.#lane(one));
  }

  /** Sends until the time is over or `stop` is called, and resolves when the last answer has come. */
  run(): Promise<ProbeReport> {
    this.#lag.start();
    this.#start = performance.now();
    const { seconds } = this.#settings;
    for (const [place, lane] of this.#lanes.entries()) {
      lane.traffic.start?.();
      if (lane.traffic.send === undefined) continue;
      const phase = place / this.#lanes.length;
      lane.arrivals = new Arrivals({ start: this.#start, rate: lane.settings.rate, seconds, phase });
    }
    this.#tick();
    return this.#done.promise;
  }

  stop(): void {
    if (this.#end !== undefined) return;
    this.#end = performance.now();
    clearTimeout(this.#timer);
    this.#drain().then(this.#done.resolve, this.#done.reject);
  }

  #tick(): void {
    const now = performance.now();
    let next = this.#start + this.#settings.seconds * 1000;
    for (const lane of this.#lanes) {
      for (let at = lane.arrivals?.take(now); at !== undefined; at = lane.arrivals?.take(now)) this.#send(lane, at);
      next = Math.min(next, lane.arrivals?.next ?? next);
    }
    if (next <= now) this.stop();
    else this.#timer = setTimeout(() => this.#tick(), Math.min(next - now, LONGEST_TIMER_MS));
  }

  #send(lane: ClassLane, scheduledAt: number): void {
    const finish = this.#begin(lane, scheduledAt);
    const { size } = this.#underWay;
    if (size >= this.#settings.maxInFlight) {
      finish({ error: "overload", detail: `${size} were under way`, isReused: false, bytesReceived: 0 });
      return;
    }
    const outcome = lane.traffic.send?.(scheduledAt) ?? Promise.reject(new Error("probe: nothing to send"));
    this.#await(outcome, finish, this.#underWay);
  }

  #await(outcome: Promise<Outcome>, finish: (outcome: Outcome) => void, among: Set<Promise<void>>): void {
    // What is no failure on the wire is a mistake of ours, and ends the run.
    const waiting = outcome.catch(failedOutcome).then(finish).catch(this.#done.reject);
    among.add(waiting);
    void waiting.finally(() => among.delete(waiting));
  }

  #begin({ tally }: ClassLane, scheduledAt: number): (outcome: Outcome) => void {
    const { releases } = this;
    const { lateAfter } = this.#settings;
    tally.sent += 1;
    return (found) => {
      const outcome = judge(found, { scheduledAt, lateAfter, releases: [releases, this.releases] });
      const answeredAt = outcome.answeredAt === undefined ? undefined : this.#sinceStart(outcome.answeredAt);
      const at = { scheduledAt: this.#sinceStart(scheduledAt), now: this.#sinceStart(performance.now()), answeredAt };
      tally.record(outcome, at);
      this.#record.see(outcome, at.scheduledAt);
    };
  }

  #lane(settings: ClassSettings): ClassLane {
    const tally = new Tally(settings.kind, this.#settings.samples);
    const context = contextOf(settings, this.#settings, {
      connections: tally.connections,
      onCertificate: (serial) => this.#record.seeCertificate(serial, this.#sinceStart(performance.now())),
      hold: (outcome) => this.#await(outcome, this.#begin(lane, performance.now()), this.#held),
    });
    const lane: ClassLane = { settings, tally, traffic: createTraffic[settings.kind](context), arrivals: undefined };
    return lane;
  }

  async #drain(): Promise<ProbeReport> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    for (const { traffic } of this.#lanes) traffic.close?.();
    while (this.#held.size > 0) await Promise.all(this.#held);
    this.#lag.stop();
    return this.#report();
  }

  #report(): ProbeReport {
    const classes = Object.fromEntries(this.#lanes.map(({ settings, tally }) => [settings.name, tally.report()]));
    const sum = (count: (lane: ClassLane) => number) => this.#lanes.reduce((total, lane) => total + count(lane), 0);
    const [sent, ok] = [sum(({ tally }) => tally.sent), sum(({ tally }) => tally.ok)];
    const seconds = ((this.#end ?? performance.now()) - this.#start) / 1000;
    const overloads = Object.values(classes).reduce((total, { errors }) => total + (errors.overload?.count ?? 0), 0);
    return {
      startedAt: new Date(performance.timeOrigin + this.#start).toISOString(),
      seconds,
      ...{ sent, ok, errors: sent - ok },
      rate: {
        asked: sum(({ arrivals, settings }) => (arrivals === undefined ? 0 : settings.rate)),
        achieved: (sum(({ arrivals }) => arrivals?.taken ?? 0) - overloads) / seconds,
      },
      ...this.#lag.report(),
      classes,
      ...this.#record.report(),
    };
  }

  #sinceStart(moment: number): number {
    return moment - this.#start;
  }
}

interface ClassLane {
  settings: ClassSettings;
  tally: Tally;
  traffic: Traffic;
  arrivals: Arrivals | undefined;
}

const LONGEST_TIMER_MS = 60_000;
