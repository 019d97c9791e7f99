import type { Secret } from "@evenkeel/core";
import type { AnyAuthMethod, ParsedKey, Prompt } from "ssh2";
import type { LoginKey } from "./login-key.ts";

export interface LoginWith {
  readonly user: string;
  readonly keys: readonly LoginKey[];
  readonly password?: () => Promise<Secret>;
  /** Asking for a secret failed. */
  readonly onAbort: (error: Error) => void;
}

/** One thing that was tried, and what the host said to it. */
export interface Attempt {
  readonly what: string;
  outcome: "accepted" | "refused" | "failed" | "not asked";
  why?: string;
}

/**
 * Decides what to try next, in the order keys, password, keyboard-interactive; each key once and a password once, so
 * that no account is locked by us and no host counts more than one failed login of a run.
 */
export class LoginSequence {
  readonly #with: LoginWith;
  readonly #waiting: LoginKey[];
  #isPasswordSpent = false;
  #hasAskedForMethods = false;
  /** Keys that ssh2 was told to try and has not: it passes over RSA keys for which the host has no good signature. */
  readonly #unsent = new Set<string>();
  #current: Attempt | undefined;
  readonly attempts: Attempt[] = [];
  /** What the host last said that it would take. */
  methods: readonly string[] | undefined;

  constructor(loginWith: LoginWith) {
    this.#with = loginWith;
    this.#waiting = [...loginWith.keys];
  }

  /** ssh2's `authHandler`. */
  async next(methods: readonly string[] | null, isPartial: boolean | null): Promise<AnyAuthMethod | false> {
    if (methods !== null && methods.length > 0) this.methods = methods;
    this.#judge(isPartial === true);
    const key = this.#takes("publickey") ? this.#waiting.shift() : undefined;
    if (key) return this.#tryKey(key);
    const { password } = this.#with;
    if (password && !this.#isPasswordSpent) {
      if (this.#takes("password")) return this.#tryPassword(password);
      if (this.#takes("keyboard-interactive")) return this.#tryPrompts(password);
    }
    if (this.methods !== undefined || this.#hasAskedForMethods) return false;
    // Nothing to offer: hear whether the host wants nothing, and if not, what it wants.
    this.#hasAskedForMethods = true;
    this.#begin("no credentials");
    return { type: "none", username: this.#with.user };
  }

  keyTried(key: LoginKey): void {
    this.#unsent.delete(key.label);
  }

  keyFailed(key: LoginKey, error: Error): void {
    this.keyTried(key);
    const attempt = this.attempts.find(({ what }) => what === key.label);
    if (attempt) Object.assign(attempt, { outcome: "failed", why: error.message });
  }

  #judge(isPartial: boolean): void {
    if (this.#current?.outcome === "not asked") this.#current.outcome = isPartial ? "accepted" : "refused";
    if (this.#current && this.#unsent.has(this.#current.what)) {
      Object.assign(this.#current, {
        outcome: "failed",
        why: "the host takes RSA keys with SHA-1 only, which we refuse",
      });
    }
    // A host that does not list the method has not looked at the password: it may still be asked for by prompt.
    if (this.#current?.what === "password") this.#isPasswordSpent = isPartial || this.#takes("password");
  }

  #takes(method: string): boolean {
    return this.methods === undefined || this.methods.includes(method);
  }

  #tryKey(key: LoginKey): AnyAuthMethod {
    this.#begin(key.label);
    this.#unsent.add(key.label);
    return { type: "publickey", username: this.#with.user, key: asPrivate(key.publicKey) as unknown as Buffer };
  }

  async #tryPassword(password: () => Promise<Secret>): Promise<AnyAuthMethod> {
    this.#begin("password");
    return { type: "password", username: this.#with.user, password: (await password()).reveal() };
  }

  #tryPrompts(password: () => Promise<Secret>): AnyAuthMethod {
    this.#isPasswordSpent = true;
    const attempt = this.#begin("keyboard-interactive");
    let isAnswered = false;
    const prompt = (_n: string, _i: string, _l: string, prompts: Prompt[], answer: (answers: string[]) => void) => {
      const [only] = prompts;
      if (isAnswered || prompts.length !== 1 || only === undefined || only.echo) {
        attempt.why = `the host asked for more than a password: ${prompts.map(({ prompt: text }) => text.trim()).join(", ")}`;
        answer(prompts.map(() => ""));
        return;
      }
      isAnswered = true;
      password().then((secret) => answer([secret.reveal()]), this.#with.onAbort);
    };
    return { type: "keyboard-interactive", username: this.#with.user, prompt };
  }

  #begin(what: string): Attempt {
    this.#current = { what, outcome: "not asked" };
    this.attempts.push(this.#current);
    return this.#current;
  }
}

/** ssh2 wants a private key here; ours may be in an agent or still locked, and its signature is made in direct-login.ts. */
function asPrivate(publicKey: ParsedKey): ParsedKey {
  return Object.create(publicKey, { isPrivateKey: { value: () => true } });
}
