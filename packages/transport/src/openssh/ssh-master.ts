import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConnectError, InputError } from "@evenkeel/core";
import type { Endpoint } from "../endpoint.ts";
import { heardElsewhere } from "../heard-elsewhere.ts";
import { explainSshFailure } from "./explain-ssh-failure.ts";
import { refusalLogOptions } from "./refusal-log.ts";
import { pinScript, READY, sshOptions } from "./ssh-options.ts";

/** The process that holds a connection, and the socket at which it takes channels. */
export interface SshMaster {
  readonly name: string;
  readonly directory: string;
  readonly controlPath: string;
  /** ssh's last words. */
  readonly ended: Promise<string>;
  /** What ssh says next. */
  nextWords(): Promise<string>;
  stop(): void;
}

/** Starts `ssh` and waits until it is logged in. */
export async function startMaster(endpoint: Endpoint, signal?: AbortSignal): Promise<SshMaster> {
  demandNoPassword(endpoint);
  const directory = await mkdtemp(join(shortTemporaryDirectory(), "evenkeel-"));
  try {
    return await start(endpoint, directory, signal);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/**
 * `ssh` has no wish to die with its parent, so a shell holds our pipe for it: when we go, however suddenly, the pipe
 * ends, and ssh and its directory go too.
 */
const KEEPER = `
exec 3<&0
"$@" </dev/null & ssh=$!
{ read -r _ <&3; kill "$ssh"; } 2>/dev/null & watch=$!
wait "$ssh"; code=$?
kill "$watch" 2>/dev/null
rm -rf "$0"
exit "$code"`;

async function start(endpoint: Endpoint, directory: string, signal?: AbortSignal): Promise<SshMaster> {
  const paths = { config: join(directory, "config"), control: join(directory, "s"), pin: join(directory, "pin") };
  const { config, argv } = sshOptions(endpoint, paths);
  const [logging] = await Promise.all([refusalLogOptions(), writeFile(paths.config, config, { mode: 0o600 })]);
  const { trust } = endpoint;
  if (trust?.kind === "fingerprint") await writeFile(paths.pin, pinScript(trust.sha256), { mode: 0o600 });
  const child = spawn("/bin/sh", ["-c", KEEPER, directory, "ssh", ...logging, ...argv], {
    stdio: ["pipe", "pipe", "pipe"],
    // No terminal to ask at: a session of its own.
    detached: true,
    env: sshEnvironment(),
  });
  const words = collectWords(child);
  const master: SshMaster = {
    name: endpoint.name,
    directory,
    controlPath: paths.control,
    ended: new Promise((resolve) => child.once("close", () => resolve(words.last().trim()))),
    nextWords: words.next,
    stop: () => child.stdin?.end(),
  };
  await untilReady({ child, master, endpoint, signal });
  return master;
}

/** ssh's own language and no window that asks for a password. */
export function sshEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: "C", SSH_ASKPASS_REQUIRE: "never" };
}

const MOST_WORDS = 16 * 1024;

function collectWords(child: ChildProcess): { last: () => string; next: () => Promise<string> } {
  let last = "";
  let next = Promise.withResolvers<string>();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    last = (last + text).slice(-MOST_WORDS);
    next.resolve(text);
    next = Promise.withResolvers<string>();
  });
  return { last: () => last, next: () => next.promise };
}

interface Waiting {
  readonly child: ChildProcess;
  readonly master: SshMaster;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal | undefined;
}

async function untilReady({ child, master, endpoint, signal }: Waiting): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timeoutMs = endpoint.connectTimeoutMs ?? 30_000;
  const limit = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  const onAbort = () => {
    master.stop();
    const isTimeout = limit.reason?.name === "TimeoutError";
    reject(isTimeout ? tooSlow(endpoint.name, timeoutMs) : limit.reason);
  };
  limit.addEventListener("abort", onAbort, { once: true });
  if (limit.aborted) onAbort();
  let heard = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    heard = (heard + text).slice(-MOST_WORDS);
    if (heard.includes(READY)) resolve();
  });
  child.once("error", reject);
  child.stdin?.on("error", heardElsewhere);
  void master.ended.then((words) => reject(explainSshFailure(endpoint.name, words)));
  await promise.finally(() => limit.removeEventListener("abort", onAbort));
}

function tooSlow(name: string, timeoutMs: number): ConnectError {
  return new ConnectError({
    code: "connect/timeout",
    message: `${name} did not let us in within ${timeoutMs / 1000} s`,
    host: name,
    hint: "is the host up, and does a firewall let SSH through? The time can be raised (connect timeout)",
  });
}

/** A socket's path has room for about a hundred letters, and ssh appends seventeen for a while. */
function shortTemporaryDirectory(): string {
  const directory = tmpdir();
  return directory.length <= 50 ? directory : "/tmp";
}

function demandNoPassword({ name, password, passphrase }: Endpoint): void {
  if (password === undefined && passphrase === undefined) return;
  throw new InputError({
    code: "login/needs-ssh2",
    message: `the openssh transport takes no ${password === undefined ? "passphrase" : "password"} from us`,
    host: name,
    hint: "use transport: ssh2, or add the key to an agent (ssh-add)",
  });
}
