import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostPort, HostWatch, StepExecutor } from "@evenkeel/core";
import { glob } from "@evenkeel/kinds";
import { countConnections } from "./connections.ts";
import { demandTunnels, openDoor } from "./open-door.ts";
import { pythonRegex } from "./python-regex.ts";
import type { WaitForData, WaitForOutcome } from "./wait-for-data.ts";

/** Looks, as the host would, until it is so or time is up. The host itself needs nothing for it. */
export const waitForExecutor: StepExecutor = {
  do: "system.wait_for",
  take: async (data, host, watch) => ({ data: await waitFor(data as WaitForData, host, watch) }),
};

type Match = RegExpExecArray | true;

async function waitFor(data: WaitForData, host: HostPort, { signal }: HostWatch): Promise<WaitForOutcome> {
  const start = performance.now();
  const end = start + data.seconds * 1000;
  const pause = (seconds: number) => sleep(Math.max(0, seconds) * 1000, undefined, { ...(signal && { signal }) });
  await pause(data.delaySeconds);
  if (data.port === undefined && data.path === undefined) {
    await pause(data.seconds);
    return outcome(start, true);
  }
  for (let attempt = 0; performance.now() < end; attempt++) {
    const found = await look(data, host, (end - performance.now()) / 1000, attempt);
    if (found !== undefined) return outcome(start, found);
    await pause(data.sleepSeconds);
  }
  return { ...outcome(start, true), isTimedOut: true };
}

/** One look: nothing when it is not so yet. */
async function look(data: WaitForData, host: HostPort, seconds: number, attempt: number): Promise<Match | undefined> {
  const { state, path, port = 0, searchRegex } = data;
  const isGone = state === "absent" || state === "stopped";
  if (path !== undefined) {
    if (!(await isThere(host, path))) return isGone ? true : undefined;
    if (isGone) return undefined;
    return searchRegex === undefined ? true : await searchFile(host, path, searchRegex);
  }
  if (state === "drained") {
    const { host: address, connectionStates: states, excludedHosts: except } = data;
    return (await countConnections(host, { address, port, states, except })) === 0 ? true : undefined;
  }
  const stream = await openDoor(host, { address: data.host, port, seconds: Math.min(data.connectSeconds, seconds) });
  if (stream === undefined && attempt === 0) await demandTunnels(host, data.host, port);
  if (stream === undefined || isGone || searchRegex === undefined) {
    stream?.destroy();
    return (stream === undefined) === isGone ? true : undefined;
  }
  return searchStream(stream, searchRegex, seconds);
}

async function isThere(host: HostPort, path: string): Promise<boolean> {
  const [answer] = await host.exchange([{ script: glob.read([path]) }]);
  return glob.parse(answer?.stdout ?? new Uint8Array(), [path]).get(path)?.exists ?? false;
}

async function searchFile(host: HostPort, path: string, source: string): Promise<Match | undefined> {
  const pieces: Uint8Array[] = [];
  await host.get(path, (bytes) => void pieces.push(bytes));
  return pythonRegex(source).exec(Buffer.concat(pieces).toString()) ?? undefined;
}

/** Reads what the other side says until it is found, the other side ends, or time is up. */
async function searchStream(stream: Duplex, source: string, seconds: number): Promise<Match | undefined> {
  const regex = pythonRegex(source);
  const timer = setTimeout(() => stream.destroy(), seconds * 1000);
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of stream) {
      pieces.push(piece as Uint8Array);
      const match = regex.exec(Buffer.concat(pieces).toString());
      if (match) return match;
    }
  } catch {
    return undefined; // Cut off, by us or by them: it is looked at again.
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
  return undefined;
}

function outcome(start: number, match: Match): WaitForOutcome {
  const { groups = {} } = match === true ? {} : match;
  const named = Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, text ?? null]));
  return {
    isTimedOut: false,
    elapsed: Math.floor((performance.now() - start) / 1000),
    groups: match === true ? [] : match.slice(1).map((text) => text ?? null),
    named,
  };
}
