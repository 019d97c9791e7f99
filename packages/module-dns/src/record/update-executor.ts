import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostPort, StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import packet from "dns-packet";
import type { ServerDoor } from "../wire/exchange.ts";
import { exchangeMessages } from "../wire/exchange.ts";
import type { TsigKey } from "../wire/tsig.ts";
import { signMessage, verifyAnswer } from "../wire/tsig.ts";
import type { Update } from "../wire/update-message.ts";
import { updateMessage } from "../wire/update-message.ts";
import { recordSet, stateOf } from "./record-set.ts";

/** An update, whom it is sent to, and who must follow. */
export interface UpdateData extends Update {
  readonly server: string;
  readonly port: number;
  readonly others: readonly string[];
  /** For how many seconds the others may take. */
  readonly seconds: number;
  readonly key?: TsigKey;
  /** What was not done, or was changed by others since, is not taken back. */
  readonly isUndo?: boolean;
}

/** Tells a name server to change records, and asks all of them until they say so. */
export const updateExecutor: StepExecutor = {
  do: "dns.update",
  async take(data, host, { signal }) {
    const update = data as UpdateData;
    const rcode = await send(host, update).catch((error: unknown) => whatWasNotDone(error, update));
    if (rcode !== "NOERROR" && update.isUndo) return {};
    if (rcode !== "NOERROR") throw refused(update, rcode);
    const end = performance.now() + update.seconds * 1000;
    for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
      const wrong = await notSoAt(host, update);
      if (wrong.length === 0) return {};
      if (performance.now() > end) throw notFollowed(update, wrong);
      await sleep(pause, undefined, signal && { signal });
    }
  },
};

/** A key that was refused the first time has changed nothing. */
function whatWasNotDone(error: unknown, { isUndo }: UpdateData): string {
  if (isUndo && error instanceof StepError && error.code === "dns/key") return error.code;
  throw error;
}

async function send(host: HostPort, update: UpdateData): Promise<string> {
  const door: ServerDoor = { address: update.server, port: update.port };
  const message = updateMessage(update, randomInt(65_536));
  return update.key === undefined ? plainly(host, door, message) : signed(host, door, message, update.key);
}

async function plainly(host: HostPort, door: ServerDoor, message: Buffer): Promise<string> {
  const [answer] = await exchangeMessages(host, door, [message]);
  return rcodeOf(answer);
}

async function signed(host: HostPort, door: ServerDoor, message: Buffer, key: TsigKey): Promise<string> {
  const now = () => Math.floor(Date.now() / 1000);
  const request = signMessage(message, key, now());
  const [answer = Buffer.alloc(12)] = await exchangeMessages(host, door, [request.message]);
  verifyAnswer(answer, request, key, now());
  return rcodeOf(answer);
}

function rcodeOf(answer: Buffer = Buffer.alloc(12)): string {
  // Only the header: what follows may be of types that nobody has told the library of.
  const header = Buffer.from(answer.subarray(0, 12)).fill(0, 4);
  return (packet.decode(header) as { readonly rcode?: string }).rcode ?? "?";
}

async function notSoAt(
  host: HostPort,
  { name, type, after, ttl, server, port, others }: UpdateData,
): Promise<readonly string[]> {
  const query = recordSet(`${name} ${type}`, { server, port, others });
  const [state] = await recordSet.ask([query], host);
  if (state === undefined) return [server];
  if (state.behind?.length) return state.behind;
  return recordSet.isAsPlanned(state, stateOf(after, ttl)) ? [] : [server];
}

function refused({ zone, name, type, key, server }: UpdateData, rcode: string): StepError {
  const [code, message, hint] = reasons(key)[rcode] ?? [
    "dns/refused",
    `the name server at ${server} says ${rcode}`,
    "its log says why",
  ];
  return new StepError({ code, message: `${name} ${type} was not changed in ${zone}: ${message}`, hint });
}

function reasons(key: TsigKey | undefined): Readonly<Record<string, readonly [string, string, string]>> {
  const meanwhile = [
    "dns/changed-meanwhile",
    "somebody else has changed it since it was looked at",
    "apply again: it is looked at anew",
  ] as const;
  const beside = [
    "dns/conflict",
    "the name has a CNAME, or is to have one beside other records",
    "a CNAME stands alone",
  ] as const;
  const mayNot =
    key === undefined ? "updates without a key are not allowed there" : `the key ${key.name} may not do this`;
  return {
    NXRRSET: meanwhile,
    YXRRSET: meanwhile,
    YXDOMAIN: beside,
    REFUSED: ["dns/refused", mayNot, "the zone's update-policy or allow-update decides: dns.zone has update_keys"],
    NOTAUTH: [
      "dns/refused",
      "the server does not answer for this zone, or does not know the key",
      "server and zone must fit",
    ],
    NOTZONE: ["dns/refused", "the name is not in that zone", "zone must be the one that the server has"],
  };
}

function notFollowed({ name, type, seconds }: UpdateData, wrong: readonly string[]): StepError {
  return new StepError({
    code: "dns/not-followed",
    message: `${name} ${type} is not so after ${seconds} s at: ${wrong.join(", ")}`,
    hint: "do they get the zone from the server that was told?",
  });
}
