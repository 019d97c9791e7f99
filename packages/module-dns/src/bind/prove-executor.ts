import { setTimeout as sleep } from "node:timers/promises";
import type { HostPort, StepExecutor } from "@evenkeel/core";
import { quoteAll, readWords, StepError } from "@evenkeel/core";
import { askSerial } from "../wire/ask-server.ts";
import { isUnreachable } from "../wire/exchange.ts";
import { isLater } from "../zone/serial.ts";
import { listeningScript, readListening } from "./listening.ts";

/** A zone, and the serial that all are to have; none: nobody answers for it any more. */
export interface ProofData {
  readonly zone: string;
  readonly serial?: number;
  /** Servers that get the zone from this one. */
  readonly secondaries: readonly string[];
  /** For how long they may take. */
  readonly seconds: number;
}

/** How long named may take to load what it was told to. */
const LOADING_SECONDS = 15;

/** Asks every address at which named listens, and every secondary, until all have the zone as it is to be. */
export const proveExecutor: StepExecutor = {
  do: "dns.prove",
  async take(data, host, { signal }) {
    const proof = data as ProofData;
    const own = await until(LOADING_SECONDS, signal, async () => {
      const addresses = await listening(host);
      return addresses.length === 0 ? ["named listens nowhere on port 53"] : missing(host, addresses, proof);
    });
    if (own.length > 0) throw await notServed(host, proof, own);
    const others = await until(proof.seconds, signal, () => missing(host, proof.secondaries, proof));
    if (others.length > 0) throw notFollowed(proof, others);
    const ahead = await aheadOf(host, proof);
    if (ahead.length > 0) throw isAhead(proof, ahead);
    return {};
  },
};

/** Looks until nothing is missing, or it is late: what is still missing then. */
async function until(
  seconds: number,
  signal: AbortSignal | undefined,
  look: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const end = performance.now() + seconds * 1000;
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const left = await look();
    if (left.length === 0 || performance.now() > end) return left;
    await sleep(pause, undefined, signal && { signal });
  }
}

async function listening(host: HostPort): Promise<readonly string[]> {
  const [answer] = await host.exchange([{ script: listeningScript() }]);
  return readListening(Buffer.from(answer?.stdout ?? []).toString());
}

/** Who does not say what is wanted, and what they say. */
async function missing(host: HostPort, addresses: readonly string[], proof: ProofData): Promise<readonly string[]> {
  const said = await Promise.all(
    addresses.map(async (address) => ({ address, found: await serialAt(host, address, proof.zone) })),
  );
  return said.flatMap(({ address, found }) => (isRight(found, proof) ? [] : [`${address} says ${found}`]));
}

async function serialAt(host: HostPort, address: string, zone: string): Promise<number | string> {
  try {
    return await askSerial(host, { address, port: 53 }, zone);
  } catch (error) {
    if (isUnreachable(error)) return "nothing";
    throw error;
  }
}

/** A secondary may be ahead already: somebody else has changed the zone since. */
function isRight(found: number | string, { serial }: ProofData): boolean {
  if (serial === undefined) return typeof found === "string" && found !== "nothing";
  return typeof found === "number" && (found === serial || isLater(found, serial));
}

/** Secondaries that have a later serial than this server itself by now: they never take anything from it any more. */
async function aheadOf(host: HostPort, { zone, serial, secondaries }: ProofData): Promise<readonly string[]> {
  if (serial === undefined || secondaries.length === 0) return [];
  const said = await Promise.all(
    secondaries.map(async (address) => ({ address, found: await serialAt(host, address, zone) })),
  );
  // This one is asked last: whatever comes meanwhile comes from here.
  const own = await Promise.all((await listening(host)).map((address) => serialAt(host, address, zone)));
  const latest = own
    .filter((each) => typeof each === "number")
    .reduce((best, each) => (isLater(each, best) ? each : best), serial);
  return said.flatMap(({ address, found }) =>
    typeof found === "number" && isLater(found, latest) ? [`${address} says ${found}`] : [],
  );
}

async function notServed(host: HostPort, { zone, serial }: ProofData, said: readonly string[]): Promise<StepError> {
  const script = `set -- ${quoteAll([zone])}\n${readWords(new URL("./said.sh", import.meta.url))}`;
  const [words] = await host.exchange([{ script }]);
  const wanted = serial === undefined ? "is still answered for" : `is not served with the serial ${serial}`;
  const isRefused = said.every((each) => each.endsWith(" REFUSED"));
  return new StepError({
    code: "dns/not-served",
    message: `${zone} ${wanted}: ${said.join("; ")}`,
    detail: Buffer.from(words?.stdout ?? [])
      .toString()
      .trim(),
    ...(isRefused && { hint: "named must let the host itself ask: allow-query, and match-clients of its views" }),
  });
}

function notFollowed({ zone, serial, seconds }: ProofData, said: readonly string[]): StepError {
  return new StepError({
    code: "dns/not-followed",
    message: `not every secondary of ${zone} has the serial ${serial} after ${seconds} s: ${said.join("; ")}`,
    hint: "can they reach this server on port 53, and do they know it as their primary?",
  });
}

function isAhead({ zone, serial }: ProofData, said: readonly string[]): StepError {
  return new StepError({
    code: "dns/secondary-ahead",
    message: `a secondary of ${zone} has a later serial than this server, and takes nothing from it: ${said.join("; ")}; here it is ${serial}`,
    hint: `on the secondary: rndc retransfer ${zone}`,
  });
}
