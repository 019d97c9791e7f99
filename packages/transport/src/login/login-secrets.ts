import { Secret } from "@evenkeel/core";
import type { Endpoint } from "../endpoint.ts";
import { onceOnly } from "../once-only.ts";

export interface LoginSecrets {
  readonly passphrase?: () => Promise<Secret>;
  readonly password?: () => Promise<Secret>;
}

/** The endpoint's secrets, each asked for once and not before it is needed. */
export function loginSecrets({ passphrase, password }: Endpoint): LoginSecrets {
  return {
    ...(passphrase !== undefined && { passphrase: onceOnly(ask(passphrase)) }),
    ...(password !== undefined && { password: onceOnly(ask(password)) }),
  };
}

function ask(source: Secret | (() => Promise<Secret>)): () => Promise<Secret> {
  return source instanceof Secret ? async () => source : source;
}
