/** A name or address of hosts, possibly with ranges, and a port. */
export interface Address {
  readonly name: string;
  readonly port?: number;
}

/** Splits `host:22` and `[2001:db8::1]:22`; undefined when it is no name or address at all, as patterns of hosts are not. */
export function parseAddress(text: string): Address | undefined {
  const [, bracketed, bracketedPort] = /^\[(.+)\]:(\d+)$/.exec(text) ?? [];
  const whole = bracketed ?? text;
  // As Ansible does, a second port is looked for where the first was in brackets.
  const [, plain, plainPort] = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/.exec(whole) ?? [];
  const name = plain ?? whole;
  const port = plainPort ?? bracketedPort;
  if (!isAddress(name)) return undefined;
  return port === undefined ? { name } : { name, port: Number(port) };
}

export function isIpAddress(text: string): boolean {
  return ipv4.test(text) || ipv6.test(text);
}

const numbers = String.raw`\[(?:[0-9]+:[0-9]+)(?::[0-9]+)?\]`;
const hexadecimals = String.raw`\[(?:[0-9a-f]+:[0-9a-f]+)(?::[0-9]+)?\]`;
const letters = String.raw`\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]`;

const byte = `(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|${numbers})`;
const ipv4 = new RegExp(String.raw`^(?:${byte}\.){3}${byte}$`, "i");

const part = `(?:[0-9a-f]{1,4}|${hexadecimals})`;
/** All ways to leave out zeros with one `::`, and IPv4 within IPv6. */
const ipv6 = new RegExp(
  `^(?:${[
    `(?:${part}:){7}${part}`,
    `(?:${part}:){1,6}:`,
    `${part}:(?::${part}){1,6}`,
    `(?:${part}:){2}(?::${part}){1,5}`,
    `(?:${part}:){3}(?::${part}){1,4}`,
    `(?:${part}:){4}(?::${part}){1,3}`,
    `(?:${part}:){5}(?::${part}){1,2}`,
    `(?:${part}:){6}(?::${part})`,
    `:(?::${part}){1,6}`,
    `${part}?::`,
    `(?:0:){6}(?:${part}\\.){3}${part}`,
    `::(?:ffff:)?(?:${part}\\.){3}${part}`,
    `(?:0:){5}ffff:(?:${part}\\.){3}${part}`,
  ].join("|")})$`,
  "i",
);

const label = String.raw`(?:[\p{L}\p{N}_]|${letters})(?:[\p{L}\p{N}_-]|${letters})*(?<![_-])`;
const hostname = new RegExp(String.raw`^${label}(?:\.${label})*$`, "iu");

/** What nearly all are. The other patterns take milliseconds to be compiled, when they are first used. */
const plainName = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/i;

function isAddress(text: string): boolean {
  return plainName.test(text) || ipv4.test(text) || ipv6.test(text) || hostname.test(text);
}
