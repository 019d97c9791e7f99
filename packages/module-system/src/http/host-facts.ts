import type { SecureContextOptions } from "node:tls";
import type { HostPort } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import { expandedWord } from "@evenkeel/kinds";
import type { Credentials } from "./authorization.ts";
import { plain, readHost } from "./body-stream.ts";
import type { RequestData, RequestTls } from "./request-data.ts";

/** What of the host decides how a request is made: whom it trusts, who it is, what it has already. */
export interface HostFacts {
  readonly tls: SecureContextOptions & { readonly rejectUnauthorized: boolean };
  readonly credentials?: Credentials;
  /** From the host's netrc: sent without being asked for. */
  readonly isFromNetrc: boolean;
  readonly destination: Destination;
}

/** A path as the host has it, and what is there. */
export interface Destination {
  readonly path: string;
  readonly type: "absent" | "folder" | "file";
  readonly changedAt?: Date;
}

const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** Asks for all of it at once. */
export async function hostFacts(host: HostPort, data: RequestData, url: URL): Promise<HostFacts> {
  const isTrustAsked = url.protocol === "https:" && data.tls.isVerified && data.tls.authorities === undefined;
  const isNetrcAsked = data.readsNetrc && data.user === undefined && url.username === "";
  const path = data.destination?.path;
  const [bundle, netrc, there] = await host.exchange([
    { script: isTrustAsked ? `for f in ${BUNDLES.join(" ")}; do [ ! -r "$f" ] || { cat "$f"; break; }; done` : ":" },
    { script: isNetrcAsked ? 'cat "$HOME/.netrc" 2>/dev/null || :' : ":" },
    { script: path === undefined ? ":" : destinationScript(path) },
  ]);
  const known = isNetrcAsked ? findInNetrc(text(netrc?.stdout), url.hostname) : undefined;
  const credentials = known ?? credentialsOf(data, url);
  return {
    tls: await tlsOptions(host, data.tls, text(bundle?.stdout)),
    ...(credentials && { credentials }),
    isFromNetrc: known !== undefined,
    destination: destinationOf(text(there?.stdout)),
  };
}

function destinationScript(path: string): string {
  return `p=${expandedWord(path)}
if [ -d "$p" ]; then echo folder; elif [ -f "$p" ]; then stat -c %Y -- "$p"; else echo absent; fi
printf %s "$p"`;
}

function destinationOf(said: string): Destination {
  const at = said.indexOf("\n");
  const [type, path] = [said.slice(0, at), said.slice(at + 1)];
  if (type === "folder" || !/^\d+$/.test(type)) return { path, type: type === "folder" ? type : "absent" };
  return { path, type: "file", changedAt: new Date(Number(type) * 1000) };
}

/** The host's own authorities; where it has none, those that Node brings. */
async function tlsOptions(host: HostPort, tls: RequestTls, bundle: string): Promise<HostFacts["tls"]> {
  const file = async (path: string | undefined, what: string) => {
    if (path === undefined) return undefined;
    return readHost(host, path).catch((cause: unknown) => {
      throw new StepError({ code: "uri/file", message: `cannot read the ${what} ${path} on the host`, cause });
    });
  };
  const authorities = tls.authorities === undefined ? bundle : await file(tls.authorities, "authorities");
  const certificate = await file(tls.certificate, "certificate");
  const key = (await file(tls.key, "key")) ?? certificate;
  return {
    rejectUnauthorized: tls.isVerified,
    ...(authorities && { ca: authorities }),
    ...(certificate && { cert: certificate }),
    ...(key && { key }),
    ...(tls.ciphers !== undefined && { ciphers: tls.ciphers }),
  };
}

function credentialsOf({ user, password = "" }: RequestData, url: URL): Credentials | undefined {
  if (user !== undefined) return { user, password: plain(password) };
  if (url.username === "") return undefined;
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** A machine's entry, else the default one. */
function findInNetrc(netrc: string, machine: string): Credentials | undefined {
  const entries = netrc.split(/^(?=\s*(?:machine|default)\b)/m);
  const entry =
    entries.find((each) => /^\s*machine\s+(\S+)/.exec(each)?.[1] === machine) ??
    entries.find((each) => /^\s*default\b/.test(each));
  const word = (name: string) => new RegExp(`\\b${name}\\s+(?:"([^"]*)"|(\\S+))`).exec(entry ?? "");
  const [, quotedUser, user] = word("login") ?? [];
  const [, quotedPassword, password] = word("password") ?? [];
  const name = quotedUser ?? user;
  return name === undefined ? undefined : { user: name, password: quotedPassword ?? password ?? "" };
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}
