import type { NginxLine, NginxText } from "@evenkeel/kinds";
import type { SiteParams } from "./site-params.ts";
import { word } from "./words.ts";

/** Where a site is served. */
export function listensOf(params: SiteParams): NginxText {
  const { tls, http2: isHttp2 } = params;
  const plain = portsOf(params).served.flatMap((port) =>
    listen(port, tls === undefined || isPlain(port) ? "" : " ssl", "listen"),
  );
  // Until 1.25.1 HTTP/2 is a word of `listen`.
  return plain.flatMap((line) =>
    !isHttp2 || !line.text.includes(" ssl")
      ? [line]
      : [
          { ...line, when: { ...line.when, since: "1.25.1" } },
          { ...line, text: line.text.replace(/;$/, " http2;"), when: { ...line.when, before: "1.25.1" } },
        ],
  );
}

/** Where its visitors are only sent to https. */
export function plainListensOf(params: SiteParams): NginxText {
  return portsOf(params).redirected.flatMap((port) => listen(port, "", "tls.redirect"));
}

/** The same, also for names that nobody else has. */
export function asDefault(listens: NginxText, isDefault: boolean): NginxText {
  if (!isDefault) return listens;
  return listens.map((line) => ({
    ...line,
    text: line.text.replace(/;$/, " default_server;"),
    from: "default_server",
  }));
}

/** From 1.25.1 on it is a directive of its own. */
export function http2({ tls, http2: isOn }: SiteParams): NginxText {
  return tls === undefined || !isOn ? [] : [{ text: "http2 on;", from: "http2", when: { since: "1.25.1" } }];
}

/** Port 80 never speaks TLS; every other does, where there is a certificate. */
function isPlain(port: string): boolean {
  return /(?:^|:)80$/.test(port);
}

/** Where the site is served, and where visitors are only sent to https; nowhere if that would not be on its own port. */
function portsOf({ tls, listen: given }: SiteParams): {
  readonly served: readonly string[];
  readonly redirected: readonly string[];
} {
  const ports = given ?? [tls === undefined ? "80" : "443"];
  if (!tls?.redirect || !ports.some((port) => /(?:^|:)443$/.test(port))) return { served: ports, redirected: [] };
  const plain = ports.filter(isPlain);
  return { served: ports.filter((port) => !isPlain(port)), redirected: plain.length === 0 ? ["80"] : plain };
}

/** A port alone is IPv4, and IPv6 where the host speaks it. */
function listen(port: string, words: string, from: string): NginxText {
  const one = (text: string, when?: NginxLine["when"]): NginxLine => ({ text, from, ...(when && { when }) });
  if (!/^\d+$/.test(port)) return [one(`listen ${word(port)}${words};`)];
  return [one(`listen ${port}${words};`), one(`listen [::]:${port}${words};`, { hasIpv6: true })];
}
