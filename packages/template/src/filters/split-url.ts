import { wrongValue } from "../python/fault.ts";

/** Python's urlsplit(), with the parts in the order of their names. A URL need not be complete. */
export function splitUrl(source: string): Readonly<Record<string, string | number | null>> {
  const url = source.replace(/^[\0-\x20]+/, "").replace(/[\t\r\n]/g, "");
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url)?.[1];
  let rest = scheme === undefined ? url : url.slice(scheme.length + 1);
  let netloc = "";
  if (rest.startsWith("//")) {
    netloc = /^\/\/([^/?#]*)/.exec(rest)?.[1] ?? "";
    rest = rest.slice(netloc.length + 2);
    if (netloc.includes("[") !== netloc.includes("]")) throw wrongValue("Invalid IPv6 URL");
  }
  const hash = rest.indexOf("#");
  const fragment = hash < 0 ? "" : rest.slice(hash + 1);
  rest = hash < 0 ? rest : rest.slice(0, hash);
  const mark = rest.indexOf("?");
  const query = mark < 0 ? "" : rest.slice(mark + 1);
  const path = mark < 0 ? rest : rest.slice(0, mark);
  const { username, password, hostname, port } = splitAuthority(netloc);
  return { fragment, hostname, netloc, password, path, port, query, scheme: scheme?.toLowerCase() ?? "", username };
}

function splitAuthority(netloc: string) {
  const at = netloc.lastIndexOf("@");
  const user = at < 0 ? undefined : netloc.slice(0, at);
  const host = netloc.slice(at + 1);
  const colon = user?.indexOf(":") ?? -1;
  const bracket = host.indexOf("]");
  const before = host.indexOf(":", bracket + 1);
  const name = before < 0 ? host : host.slice(0, before);
  const digits = before < 0 ? "" : host.slice(before + 1);
  if (digits !== "" && (!/^\d+$/.test(digits) || Number(digits) > 65535))
    throw wrongValue(`Port could not be cast to integer value as '${digits}'`);
  return {
    username: user === undefined ? null : colon < 0 ? user : user.slice(0, colon),
    password: user === undefined || colon < 0 ? null : user.slice(colon + 1),
    hostname: name.replace(/^\[|\]$/g, "").toLowerCase() || null,
    port: digits === "" ? null : Number(digits),
  };
}
