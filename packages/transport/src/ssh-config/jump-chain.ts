import { InputError } from "@evenkeel/core";
import type { Endpoint } from "../endpoint.ts";
import { resolveSshConfig } from "./resolve-ssh-config.ts";
import type { SshSettings } from "./ssh-settings.ts";

const MOST_HOPS = 10;

/** The hosts on the way to a target, first one first. The first hop's own ProxyJump counts, as in OpenSSH. */
export async function jumpChain(endpoint: Endpoint, target: SshSettings): Promise<SshSettings[]> {
  const chain: SshSettings[] = [];
  let last = target;
  while (last.proxyJump.length > 0) {
    const hops = await Promise.all(last.proxyJump.map((hop) => resolveSshConfig(hopEndpoint(endpoint, hop))));
    chain.unshift(...hops);
    demandStraight(endpoint, [...chain, target]);
    last = hops[0] as SshSettings;
  }
  return chain;
}

/** A hop has its own address, user and identity; what the endpoint says about keys and files goes for it too. */
function hopEndpoint(endpoint: Endpoint, hop: string): Endpoint {
  const { user, host, port } = readHop(endpoint, hop);
  return {
    name: host,
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port }),
    ...(endpoint.identityFiles && { identityFiles: endpoint.identityFiles }),
    ...(endpoint.agent !== undefined && { agent: endpoint.agent }),
    ...(endpoint.knownHostsFiles && { knownHostsFiles: endpoint.knownHostsFiles }),
    ...(endpoint.sshConfig !== undefined && { sshConfig: endpoint.sshConfig }),
    ...(endpoint.connectTimeoutMs !== undefined && { connectTimeoutMs: endpoint.connectTimeoutMs }),
    // A pinned fingerprint is the target's: it says nothing about who stands before it.
    ...(endpoint.trust && { trust: endpoint.trust.kind === "fingerprint" ? { kind: "strict" } : endpoint.trust }),
  };
}

/** `[user@]host[:port]`, `[user@][v6::address]:port`, or the same as `ssh://…`. */
export function readHop(endpoint: Endpoint, hop: string): { user?: string; host: string; port?: number } {
  const [, user, bracketed, plain, port] =
    /^(?:ssh:\/\/)?(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:[\]]+|[^[\]]*:[^[\]]*:[^[\]]*))(?::(\d{1,5}))?\/?$/.exec(hop) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) {
    throw new InputError({
      code: "connect/bad-jump",
      message: `${JSON.stringify(hop)} is no host to jump through`,
      host: endpoint.name,
      hint: "write [user@]host[:port]",
    });
  }
  return { host, ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
}

/** How messages and shared connections name a hop. */
export const hopName = ({ user, hostname, port }: SshSettings): string => `${user}@${hostname}:${port}`;

function demandStraight(endpoint: Endpoint, way: readonly SshSettings[]): void {
  const names = way.map(hopName);
  const isLoop = new Set(names).size < names.length;
  if (!isLoop && names.length <= MOST_HOPS + 1) return;
  throw new InputError({
    code: "connect/jump-loop",
    message: isLoop ? "the way to the host leads in a circle" : `the way to the host has more than ${MOST_HOPS} hops`,
    host: endpoint.name,
    detail: names.join(" → "),
    hint: "see ProxyJump in ~/.ssh/config; a bastion under `Host *` needs its own `ProxyJump none`",
  });
}
