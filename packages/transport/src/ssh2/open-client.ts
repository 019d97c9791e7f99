import type { Duplex } from "node:stream";
import type { Secret } from "@evenkeel/core";
import { ConnectError } from "@evenkeel/core";
import type { Client } from "ssh2";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { HostVerifier } from "../identity/host-verifier.ts";
import type { LoginKeys } from "../login/login-key.ts";
import { LoginSequence } from "../login/login-sequence.ts";
import type { Agreed } from "./algorithms.ts";
import { isOpenToTerrapin, offerAlgorithms } from "./algorithms.ts";
import { loginDirectly } from "./direct-login.ts";
import type { Progress } from "./explain-failure.ts";
import { explainFailure, explainTimeout } from "./explain-failure.ts";
import type { Ssh2 } from "./load-ssh2.ts";
import { ServerHelloReader } from "./server-hello.ts";
import { PING_EVERY_MS } from "./watch-liveness.ts";

export interface ClientRequest {
  readonly ssh2: Ssh2;
  /** A connected (or connecting) TCP socket, or a channel through a bastion. */
  readonly stream: Duplex;
  readonly name: string;
  readonly user: string;
  /** There is no way to leave it out: ssh2 would take any key. */
  readonly verifier: HostVerifier;
  readonly login: LoginKeys;
  readonly password?: () => Promise<Secret>;
  /** The host has proven to own the key that the verifier took; the login is not over before this is. */
  readonly onVerified: () => Promise<void>;
  /** Ends the attempt, after the time told beside it or for a reason of its own. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Does SSH's handshake and login over a stream. One client per attempt: ssh2's is of no use after an error. */
export async function openClient(request: ClientRequest): Promise<Client> {
  const attempt = new Attempt(request);
  try {
    return await attempt.outcome;
  } catch (error) {
    request.stream.destroy();
    throw error;
  }
}

class Attempt {
  readonly #request: ClientRequest;
  readonly #client: Client;
  readonly #hello = new ServerHelloReader();
  readonly #sequence: LoginSequence;
  #progress: Progress = "connected";
  #recorded: Promise<void> = Promise.resolve();
  readonly #done = Promise.withResolvers<Client>();

  constructor(request: ClientRequest) {
    this.#request = request;
    this.#client = new request.ssh2.Client();
    const { login, user, password } = request;
    const onAbort = (error: Error) => this.#done.reject(error);
    this.#sequence = new LoginSequence({ user, keys: login.keys, onAbort, ...(password && { password }) });
    this.#listen();
    this.#connect();
  }

  get outcome(): Promise<Client> {
    return this.#done.promise;
  }

  #listen(): void {
    const { stream, signal } = this.#request;
    // Stays for ever: ssh2 may emit errors late and twice, and one that nobody hears ends the process.
    this.#client.on("error", (error) => this.#fail(error));
    this.#client.on("handshake", (agreed) => this.#onHandshake(agreed as unknown as Agreed));
    this.#client.on("ready", () => this.#recorded.then(() => this.#done.resolve(this.#client), this.#done.reject));
    stream.on("end", () => this.#fail());
    stream.on("close", () => this.#fail());
    const onAbort = () => this.#abort();
    signal.addEventListener("abort", onAbort, { once: true });
    this.outcome.catch(heardElsewhere).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
  }

  #connect(): void {
    const { stream, user, verifier, login } = this.#request;
    this.#client.connect({
      sock: stream as never,
      username: user,
      hostVerifier: (key: Buffer) => verifier.verify(key),
      algorithms: offerAlgorithms(verifier.knownKeyTypes),
      authHandler: (methods, isPartial, next) => {
        this.#sequence.next(methods, isPartial).then(next as (method: unknown) => void, this.#done.reject);
      },
      readyTimeout: 0,
      keepaliveInterval: PING_EVERY_MS,
      // watchLiveness judges; these pings only make a silent host speak.
      keepaliveCountMax: Number.MAX_SAFE_INTEGER,
    });
    stream.on("data", (chunk: Buffer) => this.#hello.read(chunk));
    loginDirectly({
      client: this.#client,
      keys: login.keys,
      hello: () => this.#hello.hello,
      onKeyTried: (key) => this.#sequence.keyTried(key),
      onKeyFailed: (key, error) => this.#sequence.keyFailed(key, error),
    });
  }

  #onHandshake(agreed: Agreed): void {
    // ssh2 tells of every rekey too.
    if (this.#progress === "verified") return;
    this.#progress = "verified";
    if (!isOpenToTerrapin(agreed, this.#hello.hello)) {
      this.#recorded = this.#request.onVerified();
      this.#recorded.catch(this.#done.reject);
      return;
    }
    this.#done.reject(
      new ConnectError({
        code: "connect/algorithms",
        message: `${this.#request.name} can be attacked by cutting messages out of the connection (CVE-2023-48795)`,
        host: this.#request.name,
        detail: `it agreed on ${agreed.cs.cipher} ${agreed.cs.mac} without strict key exchange`,
        hint: "update its sshd, or allow aes128-gcm@openssh.com there",
      }),
    );
    // Before ssh2 goes on to send the user's name.
    this.#request.stream.destroy();
  }

  #fail(error?: Error): void {
    const { name, verifier, login } = this.#request;
    const { attempts, methods } = this.#sequence;
    const { hello } = this.#hello;
    this.#done.reject(
      verifier.refusal ?? explainFailure({ name, progress: this.#progress, hello, error, attempts, methods, login }),
    );
  }

  #abort(): void {
    const { name, signal, timeoutMs } = this.#request;
    const waitedFor =
      this.#progress === "verified" ? "let us in" : this.#hello.hello.software ? "agree on keys" : "greet us";
    this.#done.reject(explainTimeout({ name, connectTimeoutMs: timeoutMs }, signal.reason as Error, waitedFor));
  }
}
