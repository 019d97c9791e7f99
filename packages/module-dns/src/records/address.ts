import { isIPv4, isIPv6 } from "node:net";

/** An IPv4 address as it is always written; nothing when it is none. */
export function ipv4(text: string): string | undefined {
  return isIPv4(text) ? text : undefined;
}

/** An IPv6 address in its one short form (RFC 5952); nothing when it is none. */
export function ipv6(text: string): string | undefined {
  return isIPv6(text) && !text.includes("%") ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : undefined;
}
