import { randomBytes } from "node:crypto";
import type { HostAnswer, HostPort } from "@evenkeel/core";
import { quote, readWords, StepError } from "@evenkeel/core";
import type { Holder, HostRecords, Pending, UnfinishedRun } from "./records.ts";
import { parseRecords } from "./records.ts";

/** For how long a lock is lent, and how often that is renewed. */
const LEASE_SECONDS = 60;
const RENEW_EVERY_MS = 10_000;

/**
 * What one host remembers between runs: who works on it, what is still to be done, which run has not ended. Reading is a
 * part of the first exchange; nothing is written before the first change.
 */
export class Ledger {
  readonly #port: HostPort;
  readonly #holder: Holder;
  readonly #token = randomBytes(8).toString("hex");
  #folder = "";
  #renewal: NodeJS.Timeout | undefined;
  #isHeld = false;

  constructor(port: HostPort, holder: Holder) {
    this.#port = port;
    this.#holder = holder;
  }

  /** A read that travels with the first questions; `take` reads what it printed. */
  readonly script = `${words()}\nevl_tell`;

  take(answer: HostAnswer | undefined): HostRecords {
    const records = parseRecords(Buffer.from(answer?.stdout ?? []).toString());
    this.#folder = records.folder;
    return records;
  }

  /** Where the host keeps our records. */
  get folder(): string {
    return this.#folder;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /**
   * Takes the lock, for as long as it is renewed, and writes down that a run has begun. Resolves to who has it, when it
   * cannot be had.
   */
  async acquire(run: UnfinishedRun, deadToken = ""): Promise<HostRecords["lock"]> {
    const lock = `evl_lock ${this.#token} ${LEASE_SECONDS} ${quote(JSON.stringify(this.#holder))} ${quote(deadToken)}`;
    const note = `evl_note runs ${quote(fileName(run.program))} ${quote(JSON.stringify(run))}`;
    const [answer] = await this.#port.exchange([
      { script: `${words()}\n${lock} && ${note}; evl_rc=$?; evl_tell; exit $evl_rc` },
    ]);
    const records = this.take(answer);
    if (answer?.code === 0) {
      this.#isHeld = true;
      this.#renewal = setInterval(() => void this.#renew(), RENEW_EVERY_MS).unref();
      return undefined;
    }
    if (records.lock) return records.lock;
    throw this.#cannotWrite(answer);
  }

  /**
   * sh that succeeds while the lock is ours, and writes down what will have to be done because of what follows. A newer
   * call takes the place of an older one: what was done for that one does not count for this.
   */
  guard(pending: readonly Pending[] = []): string {
    const lease = quote(`${this.#folder}/lock/lease`);
    const own = `{ read -r evl_t evl_x <${lease} && [ "$evl_t" = ${this.#token} ] || { cat ${quote(`${this.#folder}/lock/holder`)} >&2; false; }; }`;
    const notes = pending.map((each) => {
      const path = quote(`${this.#folder}/pending/${each.id}`);
      return `umask 077 && printf '%s\\n' ${quote(JSON.stringify(each))} >${path}.new && mv -f ${path}.new ${path}`;
    });
    return [own, ...notes].join(" && ");
  }

  /** Forgets what has been done. */
  async strike(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#write(ids.map((id) => `evl_strike pending ${quote(id)}`).join("\n"));
  }

  /** Writes down what is to be done, where no change of ours will carry it. */
  async note(pending: readonly Pending[]): Promise<void> {
    await this.#write(this.guard(pending));
  }

  /** The run has come to its end, well or not: nothing of it is in doubt. */
  async release(program: string): Promise<void> {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    clearInterval(this.#renewal);
    await this.#write(
      `evl_own ${this.#token} 2>/dev/null && evl_strike runs ${quote(fileName(program))}\nevl_release ${this.#token}`,
    );
  }

  /** Stops renewing and leaves the records as they are: as if we had been killed. */
  abandon(): void {
    clearInterval(this.#renewal);
  }

  async #renew(): Promise<void> {
    // A host that cannot be asked now is asked again in ten seconds; each step asks for itself whether the lock is ours.
    await this.#port
      .exchange([{ script: `${words()}\nevl_renew ${this.#token} ${LEASE_SECONDS}` }])
      .catch(() => undefined);
  }

  async #write(script: string): Promise<void> {
    const [answer] = await this.#port.exchange([{ script: `${words()}\n${script}` }]);
    if (answer?.code !== 0) throw this.#cannotWrite(answer);
  }

  #cannotWrite(answer: HostAnswer | undefined): StepError {
    return new StepError({
      code: "runner/records",
      message: `the host's records in ${this.#folder} cannot be written`,
      detail: Buffer.from(answer?.stderr ?? [])
        .toString()
        .trim(),
    });
  }
}

/** A program's name holds a folder's. */
function fileName(program: string): string {
  return program.replaceAll("/", ":");
}

let read: string | undefined;
function words(): string {
  read ??= readWords(new URL("./ledger.sh", import.meta.url));
  return read;
}
