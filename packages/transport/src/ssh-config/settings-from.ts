import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { InputError } from "@evenkeel/core";
import type { Endpoint, HostTrust } from "../endpoint.ts";
import { foldCase } from "../identity/match-pattern.ts";
import { expandPath } from "./expand-path.ts";
import type { HostConfig } from "./read-ssh-config.ts";
import type { IdentityPath, SshSettings } from "./ssh-settings.ts";

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_KEYS = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_xmss", "id_dsa"];

/** An endpoint's own words first, then ssh_config's, then SSH's defaults. */
export function settingsFrom(endpoint: Endpoint, { values, unclear }: HostConfig): SshSettings {
  const first = (keyword: string) => values.get(keyword)?.[0];
  const asked = endpoint.address ?? endpoint.name;
  const written = (first("hostname") ?? asked).replace(/%(.)/g, (_, token) => (token === "h" ? asked : token));
  const hostname = foldCase(written);
  const user = endpoint.user ?? first("user") ?? userInfo().username;
  const port = endpoint.port ?? readNumber(endpoint, "port", first("port")) ?? 22;
  const expand = (path: string) => expandPath(path, { asked, hostname, user, port });
  const timeout = readNumber(endpoint, "connecttimeout", first("connecttimeout"));
  const agentSocket = agentOf(endpoint, first("identityagent"), expand);
  const hostKeyAlias = first("hostkeyalias");
  const family = { inet: 4, inet6: 6 }[first("addressfamily") ?? ""];
  return {
    name: endpoint.name,
    hostname,
    port,
    user,
    identityFiles: identitiesOf(endpoint, values.get("identityfile"), expand),
    isIdentitiesOnly: first("identitiesonly") === "yes",
    ...(agentSocket !== undefined && { agentSocket }),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(family !== undefined && { family: family as 4 | 6 }),
    userKnownHostsFiles: endpoint.knownHostsFiles ?? filesOf(values, "userknownhostsfile", expand),
    systemKnownHostsFiles: filesOf(values, "globalknownhostsfile", expand),
    isHashingKnownHosts: first("hashknownhosts") === "yes",
    trust: endpoint.trust ?? trustFrom(first("stricthostkeychecking")),
    proxyJump: jumpsOf(endpoint, first("proxyjump")),
    connectTimeoutMs: endpoint.connectTimeoutMs ?? (timeout ? timeout * 1000 : DEFAULT_TIMEOUT_MS),
    beyondUs: beyondUs(values, unclear),
  };
}

/** `no` and `off` would follow a changed key: we go no further than taking a host that nobody knows yet. */
function trustFrom(word: string | undefined): HostTrust {
  return ["accept-new", "no", "off", "false"].includes(word ?? "") ? { kind: "accept-new" } : { kind: "strict" };
}

type Expand = (path: string) => string;

function identitiesOf(endpoint: Endpoint, configured: readonly string[] | undefined, expand: Expand): IdentityPath[] {
  const defaults = DEFAULT_KEYS.map((name) => join(homedir(), ".ssh", name));
  const own = (endpoint.identityFiles ?? []).map((path) => ({ path: expand(path), isNamed: true, isRequired: true }));
  const named = configured?.filter((path) => path !== "none").map(expand) ?? defaults;
  const others = named.map((path) => ({ path, isNamed: !defaults.includes(path), isRequired: false }));
  // As with `ssh -i`: a key named for this host puts the usual ones aside, but not those of ssh_config.
  const extra = own.length > 0 ? others.filter(({ isNamed }) => isNamed) : others;
  return [...own, ...extra.filter(({ path }) => !own.some((mine) => mine.path === path))];
}

function agentOf(endpoint: Endpoint, configured: string | undefined, expand: Expand): string | undefined {
  const word = endpoint.agent ?? configured ?? "SSH_AUTH_SOCK";
  if (word === "none") return undefined;
  if (word === "SSH_AUTH_SOCK") return process.env.SSH_AUTH_SOCK || undefined;
  return word.startsWith("$") && !word.startsWith("${") ? process.env[word.slice(1)] || undefined : expand(word);
}

function filesOf(values: HostConfig["values"], keyword: string, expand: Expand): string[] {
  const defaults = keyword.startsWith("user")
    ? ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]
    : ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];
  return (values.get(keyword) ?? defaults).filter((path) => path !== "none").map(expand);
}

function jumpsOf(endpoint: Endpoint, configured: string | undefined): readonly string[] {
  if (endpoint.proxyJump === "none") return [];
  if (endpoint.proxyJump !== undefined) return endpoint.proxyJump;
  return configured === undefined || configured === "none" ? [] : configured.split(",").map((hop) => hop.trim());
}

const BEYOND_US = ["proxycommand", "certificatefile", "pkcs11provider", "knownhostscommand", "revokedhostkeys"];

function beyondUs(values: HostConfig["values"], unclear: readonly string[]): string[] {
  const isSet = (keyword: string) => !["none", undefined].includes(values.get(keyword)?.[0]);
  return [...new Set([...BEYOND_US.filter(isSet), ...unclear])];
}

function readNumber(endpoint: Endpoint, keyword: string, word: string | undefined): number | undefined {
  if (word === undefined || word === "none") return undefined;
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw new InputError({
    code: "ssh-config/invalid",
    message: `ssh_config's ${keyword} is no number: ${word}`,
    host: endpoint.name,
    hint: `see: ssh -G ${endpoint.address ?? endpoint.name}`,
  });
}
