import type { RunEvent } from "@evenkeel/runner";
import type { Doing, LiveArea } from "./live-area.ts";
import { openLiveArea } from "./live-area.ts";

/** A run that ends before needs no such help. */
const PATIENCE_MS = 400;

/** What the terminal shows beside the lines that stay: what each host does now, for how long, and what was said last. */
export class Live {
  readonly #write: (text: string) => void;
  readonly #clean: (text: string) => string;
  readonly #doing = new Map<string, Doing>();
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<LiveArea> | undefined;
  #area: LiveArea | undefined;

  /** `clean` takes secrets out of what is drawn. */
  constructor(write: (text: string) => void, clean: (text: string) => string) {
    this.#write = write;
    this.#clean = clean;
  }

  say(text: string): void {
    if (this.#area) this.#area.say(text);
    else this.#write(text);
  }

  note(event: RunEvent): void {
    if (event.type === "play") this.#meet(event.hosts);
    const doing = "host" in event && event.host !== undefined ? this.#doing.get(event.host) : undefined;
    if (doing === undefined) return;
    if (event.type === "started") Object.assign(doing, { task: event.task, since: performance.now(), said: "" });
    else if (event.type === "output") doing.said = lastLine(event.text) ?? doing.said;
    else if (event.type === "task") doing.task = "";
  }

  /** While somebody is asked. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    await this.#opening;
    return this.#area ? this.#area.aside(work) : work();
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await (await this.#opening)?.end();
    this.#opening = undefined;
    this.#area = undefined;
  }

  #meet(hosts: readonly string[]): void {
    const fresh = hosts.filter((host) => !this.#doing.has(host));
    for (const host of fresh) this.#doing.set(host, { host, task: "", since: 0, said: "" });
    if (this.#opening === undefined) this.#timer ??= setTimeout(() => this.#open(), PATIENCE_MS);
    else if (fresh.length > 0) void this.end().then(() => this.#open());
  }

  #open(): void {
    this.#opening = openLiveArea(this.#doing, this.#clean).then((area) => {
      this.#area = area;
      return area;
    });
  }
}

function lastLine(text: string): string | undefined {
  return text.split(/[\r\n]+/).findLast((each) => each.trim() !== "");
}
