import type { Answer, CaaData, MxData, SrvData, TxtData } from "dns-packet";
import { ipv6 } from "../records/address.ts";
import { quotedEach, quotedStrings, readStrings } from "../records/character-strings.ts";
import type { RecordType } from "../records/resource-record.ts";
import { recordTypes } from "../records/resource-record.ts";

/** A record's data as the wire's library has it, from how zone files have it; nothing where it is not written so. */
export function dataToWire(type: RecordType, text: string): unknown {
  const words = text.split(" ");
  switch (type) {
    case "MX":
      return { preference: Number(words[0]), exchange: words[1] ?? "." } satisfies MxData;
    case "SRV": {
      const [priority, weight, port] = words.slice(0, 3).map(Number);
      return {
        priority: priority ?? 0,
        weight: weight ?? 0,
        port: port ?? 0,
        target: words[3] ?? ".",
      } satisfies SrvData;
    }
    case "CAA": {
      const [value] = readStrings(words.slice(2).join(" ")) ?? [];
      return { flags: Number(words[0]), tag: words[1] as CaaData["tag"], value: String(value ?? "") } satisfies CaaData;
    }
    case "TXT":
      return readStrings(text) ?? [];
    default:
      return text;
  }
}

/** The same the other way. Nothing for what we have no words for. */
export function dataFromWire({ type, ...answer }: Answer): string | undefined {
  if (!(recordTypes as readonly string[]).includes(type)) return undefined;
  const { data } = answer as { readonly data: unknown };
  switch (type as RecordType) {
    case "A":
      return String(data);
    case "AAAA":
      return ipv6(String(data)) ?? String(data);
    case "MX": {
      const { preference, exchange } = data as MxData;
      return `${preference} ${fullName(exchange)}`;
    }
    case "SRV": {
      const { priority, weight, port, target } = data as SrvData;
      return `${priority} ${weight} ${port} ${fullName(target)}`;
    }
    case "CAA": {
      const { flags, tag, value } = data as CaaData;
      return `${flags} ${tag.toLowerCase()} ${quotedStrings(value)}`;
    }
    case "TXT":
      return quotedEach([data as TxtData].flat().map((each) => Buffer.from(each as Uint8Array)));
    default:
      return fullName(String(data));
  }
}

/** With its last dot, in small letters: the library leaves dots away. */
export function fullName(name: string): string {
  return name === "." ? name : `${name.toLowerCase().replace(/\.$/, "")}.`;
}
