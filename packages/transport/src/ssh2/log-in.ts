import type { Duplex } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Secret } from "@evenkeel/core";
import { ConnectError } from "@evenkeel/core";
import { heardElsewhere } from "../heard-elsewhere.ts";
import { addKnownHost } from "../identity/add-known-host.ts";
import type { Identity } from "../identity/host-verifier.ts";
import { HostVerifier } from "../identity/host-verifier.ts";
import { loadKnownHosts } from "../identity/load-known-hosts.ts";
import type { Link } from "../link.ts";
import { collectKeys } from "../login/collect-keys.ts";
import type { LoginKeys } from "../login/login-key.ts";
import type { SshSettings } from "../ssh-config/ssh-settings.ts";
import type { SshPool } from "../ssh-pool.ts";
import { dial } from "./dial.ts";
import { explainTimeout, TOO_EARLY } from "./explain-failure.ts";
import type { Ssh2 } from "./load-ssh2.ts";
import { loadSsh2 } from "./load-ssh2.ts";
import { openClient } from "./open-client.ts";
import { Ssh2Link } from "./ssh2-link.ts";

export interface LogIn {
  readonly settings: SshSettings;
  readonly pool: SshPool;
  /** A bastion to go through. */
  readonly via?: Link;
  readonly passphrase?: () => Promise<Secret>;
  readonly password?: () => Promise<Secret>;
  readonly signal?: AbortSignal;
}

/** Logs in to one host. A host that hangs up before its first word is tried again: it is busy, and nothing was sent. */
export async function logIn(request: LogIn): Promise<Link> {
  const { settings, pool, signal } = request;
  const door = request.via === undefined ? `${settings.hostname}:${settings.port}` : request.via;
  const leave = await pool.enter(door, signal);
  try {
    return await new Approach(request).arrive();
  } finally {
    leave();
  }
}

const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 250;

interface Equipment {
  readonly ssh2: Ssh2;
  readonly login: LoginKeys;
  readonly identity: Identity;
}

class Approach {
  readonly #request: LogIn;
  readonly #signal: AbortSignal;
  #equipment: Promise<Equipment> | undefined;

  constructor(request: LogIn) {
    const timeout = AbortSignal.timeout(request.settings.connectTimeoutMs);
    this.#request = request;
    this.#signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  }

  async arrive(): Promise<Link> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#try();
      } catch (error) {
        if (!isTooEarly(error) || tries === MOST_TRIES || this.#signal.aborted) throw error;
        // Jittered: those who were refused together must not come back together.
        const pause = FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random());
        await setTimeout(pause, undefined, { signal: this.#signal }).catch(() => Promise.reject(error));
      }
    }
  }

  async #try(): Promise<Link> {
    const { settings, password } = this.#request;
    const arriving = this.#reach();
    // Reading files and loading ssh2 overlap with the network; failures are met below, in order.
    arriving.catch(heardElsewhere);
    const { ssh2, login, identity } = await this.#equipped().catch((error) => {
      arriving.then((stream) => stream.destroy()).catch(heardElsewhere);
      throw error;
    });
    const verifier = new HostVerifier(identity);
    const stream = await arriving;
    const client = await openClient({
      ssh2,
      stream,
      verifier,
      login,
      name: settings.name,
      user: settings.user,
      signal: this.#signal,
      timeoutMs: settings.connectTimeoutMs,
      onVerified: () => record(identity, settings, verifier),
      ...(password && { password }),
    });
    return new Ssh2Link(client, stream, settings.name);
  }

  #reach(): Promise<Duplex> {
    const { settings, via } = this.#request;
    if (via === undefined) return dial(settings, this.#signal);
    return this.#inTime(via.tunnel({ host: settings.hostname, port: settings.port }));
  }

  /** A bastion may look for a host for minutes. */
  async #inTime(opening: Promise<Duplex>): Promise<Duplex> {
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = () => {
      reject(explainTimeout(this.#request.settings, this.#signal.reason as Error, "answer its bastion"));
      opening.then((stream) => stream.destroy()).catch(heardElsewhere);
    };
    this.#signal.addEventListener("abort", onAbort, { once: true });
    return Promise.race([opening, promise]).finally(() => this.#signal.removeEventListener("abort", onAbort));
  }

  /** Once for all tries: nobody is asked for a passphrase twice. */
  #equipped(): Promise<Equipment> {
    this.#equipment ??= this.#equip();
    return this.#equipment;
  }

  async #equip(): Promise<Equipment> {
    const { settings, passphrase } = this.#request;
    const known = loadKnownHosts([...settings.userKnownHostsFiles, ...settings.systemKnownHostsFiles]);
    known.catch(heardElsewhere);
    // Loading ssh2 keeps the thread busy: let the SYN go out first.
    await setImmediate();
    const ssh2 = loadSsh2();
    const login = await collectKeys({ ...settings, ...(passphrase && { passphrase }) }, ssh2.parseKey);
    return { ssh2, login, identity: { ...identityOf(settings), known: await known } };
  }
}

const isTooEarly = (error: unknown): boolean => error instanceof ConnectError && error.code === TOO_EARLY;

function identityOf(settings: SshSettings): Omit<Identity, "known"> {
  const { name, user, hostname: host, port, hostKeyAlias, trust, userKnownHostsFiles } = settings;
  const [knownHostsFile] = userKnownHostsFiles;
  return {
    name,
    user,
    host,
    port,
    trust,
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(knownHostsFile !== undefined && { knownHostsFile }),
  };
}

async function record(identity: Identity, settings: SshSettings, verifier: HostVerifier): Promise<void> {
  const { newKey } = verifier;
  if (newKey === undefined) return;
  await addKnownHost({ ...identity, key: newKey, isHashed: settings.isHashingKnownHosts });
}
