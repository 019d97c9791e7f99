import { createHmac, randomBytes } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "@evenkeel/core";
import { fingerprint } from "./fingerprint.ts";
import type { HostName } from "./judge-host-key.ts";
import { judgeHostKey, lookupName } from "./judge-host-key.ts";
import { keyTypeOf, parseKnownHosts } from "./parse-known-hosts.ts";

export interface NewKnownHost extends HostName {
  readonly name: string;
  readonly key: Buffer;
  readonly isHashed: boolean;
  readonly knownHostsFile?: string;
}

/** Writes a host's key to the end of a known_hosts file, in one write, so that others may do the same at the same time. */
export async function addKnownHost(host: NewKnownHost): Promise<void> {
  const { knownHostsFile: file } = host;
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await append(file, host);
  } catch (cause) {
    throw new InputError({
      code: "identity/not-recorded",
      message: `cannot write down the key of ${host.name}, so it would be believed blindly again`,
      host: host.name,
      place: { file },
      detail: `${(cause as Error).message}; the key is ${fingerprint(host.key)}`,
      hint: "make the file writable, or record the key by hand",
      cause,
    });
  }
}

async function append(file: string, host: NewKnownHost): Promise<void> {
  const handle = await open(file, "a+", 0o600);
  try {
    const text = (await handle.stat()).isFile() ? await handle.readFile("latin1") : "";
    // Another of our connections, or another process, may have been quicker.
    if (judgeHostKey(parseKnownHosts(text, file), host).kind === "matched") return;
    const lineBreak = text === "" || text.endsWith("\n") ? "" : "\n";
    await handle.write(`${lineBreak}${knownHostLine(host)}\n`);
  } finally {
    await handle.close();
  }
}

/** The line for a host, hashed if the user's configuration says HashKnownHosts. */
function knownHostLine(host: NewKnownHost): string {
  const name = lookupName(host);
  return `${host.isHashed ? hashName(name) : name} ${keyTypeOf(host.key)} ${host.key.toString("base64")}`;
}

function hashName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}
