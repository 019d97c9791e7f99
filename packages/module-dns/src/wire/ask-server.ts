import { randomInt } from "node:crypto";
import type { HostPort } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { Answer, DecodedPacket, RecordType as WireType } from "dns-packet";
import packet from "dns-packet";
import type { ServerDoor } from "./exchange.ts";
import { exchangeMessages } from "./exchange.ts";
import { fullName } from "./record-data.ts";

export interface Asked {
  readonly name: string;
  readonly type: WireType;
}

/** What a server said to one question. */
export interface Said {
  readonly rcode: string;
  readonly isAuthoritative: boolean;
  readonly answers: readonly Answer[];
}

/** Asks a name server all of this at once, without recursion: what it has itself, not what it has heard. */
export async function askServer(host: HostPort, door: ServerDoor, asked: readonly Asked[]): Promise<readonly Said[]> {
  const start = randomInt(65_536);
  const messages = asked.map((question, index) =>
    packet.encode({ type: "query", id: (start + index) % 65_536, flags: 0, questions: [question] }),
  );
  const answers = await exchangeMessages(host, door, messages);
  return answers.map((bytes, index) => readAnswer(bytes, door, asked[index]));
}

/** The serial that a server has of a zone; else what it said instead. */
export async function askSerial(host: HostPort, door: ServerDoor, zone: string): Promise<number | string> {
  const [said] = await askServer(host, door, [{ name: zone, type: "SOA" }]);
  if (said === undefined || said.rcode !== "NOERROR") return said?.rcode ?? "nothing";
  if (!said.isAuthoritative) return "no authoritative answer";
  const soa = said.answers.find((answer) => answer.type === "SOA");
  return soa?.type === "SOA" ? (soa.data.serial ?? 0) : "no SOA";
}

function readAnswer(bytes: Buffer, { address }: ServerDoor, asked: Asked | undefined): Said {
  let decoded: DecodedPacket & { readonly rcode?: string };
  try {
    decoded = packet.decode(bytes);
  } catch (cause) {
    const message = `the name server at ${address} said something that cannot be read`;
    throw new StepError({ code: "dns/garbled", message, cause });
  }
  const { rcode = "?", flag_aa: isAuthoritative, answers = [], authorities = [] } = decoded;
  // Where a name is handed on to others, its own servers have the last word; whom it was handed to is what was asked for here.
  const referral = authorities.filter(
    ({ type, name }) => type === "NS" && fullName(name) === fullName(asked?.name ?? ""),
  );
  if (asked?.type === "NS" && answers.length === 0 && referral.length > 0)
    return { rcode, isAuthoritative: true, answers: referral };
  return { rcode, isAuthoritative, answers };
}
