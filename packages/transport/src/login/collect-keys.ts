import { access } from "node:fs/promises";
import type { Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { ParsedKey } from "ssh2";
import { onceOnly } from "../once-only.ts";
import type { IdentityPath, SshSettings } from "../ssh-config/ssh-settings.ts";
import type { Ssh2 } from "../ssh2/load-ssh2.ts";
import type { LoginKey, LoginKeys } from "./login-key.ts";
import type { IdentityFile } from "./read-identity-file.ts";
import { readIdentityFile } from "./read-identity-file.ts";
import type { AgentKey } from "./ssh-agent.ts";
import { listAgentKeys, signWithAgent } from "./ssh-agent.ts";

/** sshd drops a client after six tries (MaxAuthTries); one is left for a password. */
const MOST_KEYS = 5;
const MOST_AGENT_KEYS = 3;

export interface KeySources extends Pick<SshSettings, "name" | "identityFiles" | "isIdentitiesOnly" | "agentSocket"> {
  readonly passphrase?: () => Promise<Secret>;
}

/** Finds the keys to log in with: files that were named, then the agent's, then the files that everybody has. */
export async function collectKeys(sources: KeySources, parseKey: Ssh2["parseKey"]): Promise<LoginKeys> {
  const [files, agent] = await Promise.all([
    Promise.all(
      sources.identityFiles.map(async (source) => ({ source, file: await readIdentityFile(source.path, parseKey) })),
    ),
    openAgent(sources.agentSocket, parseKey),
  ]);
  const collection = new KeyCollection(sources, agent);
  for (const { source, file } of files.filter(({ source }) => source.isNamed)) await collection.addFile(source, file);
  if (!sources.isIdentitiesOnly) collection.addAgentKeys();
  for (const { source, file } of files.filter(({ source }) => !source.isNamed)) await collection.addFile(source, file);
  return collection;
}

interface Agent {
  readonly keys: readonly LoginKey[];
  readonly notes: readonly string[];
  readonly wouldOpensshHelp: boolean;
}

async function openAgent(socketPath: string | undefined, parseKey: Ssh2["parseKey"]): Promise<Agent> {
  const none: Agent = { keys: [], notes: [], wouldOpensshHelp: false };
  if (socketPath === undefined) return none;
  let held: AgentKey[];
  try {
    held = await listAgentKeys(socketPath);
  } catch (error) {
    return { ...none, notes: [`no agent key: ${(error as Error).message}`] };
  }
  const keys: LoginKey[] = [];
  const notes: string[] = [];
  for (const { publicKey, comment } of held) {
    const parsed = parseKey(publicKey);
    if (parsed instanceof Error || Array.isArray(parsed)) {
      notes.push(`agent key ${comment} is of a kind that needs the system's ssh (${typeName(publicKey)})`);
    } else {
      const sign: LoginKey["sign"] = (data, hash) => signWithAgent(socketPath, { publicKey, data, hash });
      keys.push({ label: `agent key ${comment}`, publicKey: parsed, isLocked: false, sign });
    }
  }
  return { keys, notes, wouldOpensshHelp: notes.length > 0 };
}

const typeName = (blob: Buffer): string => blob.toString("latin1", 4, 4 + blob.readUInt32BE(0));

class KeyCollection implements LoginKeys {
  readonly #sources: KeySources;
  readonly #agent: Agent;
  readonly keys: LoginKey[] = [];
  readonly notes: string[];
  wouldOpensshHelp: boolean;

  constructor(sources: KeySources, agent: Agent) {
    this.#sources = sources;
    this.#agent = agent;
    this.notes = [...agent.notes];
    this.wouldOpensshHelp = agent.wouldOpensshHelp;
  }

  addAgentKeys(): void {
    for (const key of this.#agent.keys.slice(0, MOST_AGENT_KEYS)) this.#add(key);
    const left = this.#agent.keys.length - MOST_AGENT_KEYS;
    if (left > 0) this.notes.push(`${left} more agent keys were not tried; name the right one as an identity file`);
  }

  async addFile({ path, isRequired, isNamed }: IdentityPath, file: IdentityFile): Promise<void> {
    if (file.kind === "missing") {
      if (isRequired) throw this.#unreadable(path, "there is no such file");
      if (isNamed) this.notes.push(`${path} does not exist`);
      return;
    }
    await this.#noteCertificate(path);
    if (file.kind === "unusable") {
      if (isRequired && !file.needsOpenssh) throw this.#unreadable(path, file.why);
      this.notes.push(file.why);
      this.wouldOpensshHelp ||= file.needsOpenssh === true;
    } else if (file.kind === "key") {
      this.#add(fileKey(path, file.key));
    } else if (!this.#addFromAgent(file.publicKey)) {
      await this.#addLocked(path, file);
    }
  }

  /** The agent's copy spares the passphrase. */
  #addFromAgent(publicKey: ParsedKey | undefined): boolean {
    const held = publicKey && this.#agent.keys.find((key) => isSameKey(key.publicKey, publicKey));
    if (held) this.#add(held);
    return held !== undefined;
  }

  async #addLocked(path: string, file: IdentityFile & { kind: "locked" | "public" }): Promise<void> {
    const { passphrase } = this.#sources;
    if (file.kind === "public") {
      this.notes.push(`${path} is a public key, and no agent holds its private half`);
    } else if (passphrase === undefined) {
      this.notes.push(`${path} is encrypted: give a passphrase, or add it to an agent: ssh-add ${path}`);
    } else {
      const unlock = onceOnly(async () => this.#unlocked(path, file.unlock((await passphrase()).reveal())));
      const publicKey = file.publicKey ?? (await unlock());
      const sign: LoginKey["sign"] = async (data, hash) => signWith(await unlock(), data, hash);
      this.#add({ label: path, publicKey, isLocked: file.publicKey !== undefined, sign });
    }
  }

  #unlocked(path: string, key: ParsedKey | Error): ParsedKey {
    if (!(key instanceof Error)) return key;
    throw new InputError({
      code: "login/wrong-passphrase",
      message: `the passphrase does not open ${path}`,
      host: this.#sources.name,
      place: { file: path },
      detail: key.message,
      hint: `try it: ssh-keygen -y -f ${path}`,
    });
  }

  async #noteCertificate(path: string): Promise<void> {
    const certificate = `${path}-cert.pub`;
    const hasCertificate = await access(certificate).then(
      () => true,
      () => false,
    );
    if (!hasCertificate) return;
    this.notes.push(`${certificate} was not used: certificates need the system's ssh`);
    this.wouldOpensshHelp = true;
  }

  #add(key: LoginKey): void {
    if (this.keys.some(({ publicKey }) => isSameKey(publicKey, key.publicKey))) return;
    if (this.keys.length < MOST_KEYS) this.keys.push(key);
    else this.notes.push(`${key.label} was not tried: sshd ends a connection after six tries`);
  }

  #unreadable(path: string, why: string): InputError {
    return new InputError({
      code: "login/key-unreadable",
      message: `cannot use the private key ${path}`,
      host: this.#sources.name,
      place: { file: path },
      detail: why,
      hint: "name a private key that exists, is yours alone (chmod 600), and is of type ed25519, ecdsa or rsa",
    });
  }
}

function fileKey(path: string, key: ParsedKey): LoginKey {
  return { label: path, publicKey: key, isLocked: false, sign: async (data, hash) => signWith(key, data, hash) };
}

function signWith(key: ParsedKey, data: Buffer, hash: string | undefined): Buffer {
  const signature: Buffer | Error = key.sign(data, hash);
  if (signature instanceof Error) throw signature;
  return signature;
}

const isSameKey = (a: ParsedKey, b: ParsedKey): boolean => a.getPublicSSH().equals(b.getPublicSSH());
