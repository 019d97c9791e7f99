import type { Client, ParsedKey } from "ssh2";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { LoginKey } from "../login/login-key.ts";
import type { Protocol } from "./internals.ts";
import { internalsOf } from "./internals.ts";
import type { ServerHello } from "./server-hello.ts";

export interface DirectLogin {
  readonly client: Client;
  readonly keys: readonly LoginKey[];
  readonly hello: () => ServerHello;
  readonly onKeyTried: (key: LoginKey) => void;
  readonly onKeyFailed: (key: LoginKey, error: Error) => void;
}

/**
 * Takes out of ssh2's login the round trips that SSH does not ask for: the question whether a key would do (we sign at
 * once, unless that costs a passphrase), the wait for the login service, and the proof of the server's other host keys.
 */
export function loginDirectly({ client, keys, hello, onKeyTried, onKeyFailed }: DirectLogin): void {
  const { _protocol: protocol } = internalsOf(client);
  const { authPK, service } = protocol;
  protocol.authPK = (user, key, algorithm, sign) => {
    const loginKey = findKey(keys, key);
    const rsa = key.type === "ssh-rsa" ? rsaSignature(algorithm) : undefined;
    const name = rsa?.name ?? algorithm;
    if (loginKey === undefined) throw new Error("ssh2 tries a key that is not ours");
    onKeyTried(loginKey);
    if (loginKey.isLocked && sign === undefined) {
      authPK.call(protocol, user, key, name);
      return;
    }
    authPK.call(protocol, user, key, name, (data, done) => {
      loginKey.sign(data, rsa?.hash).then(done, (error: Error) => {
        onKeyFailed(loginKey, error);
        protocol._handlers.USERAUTH_FAILURE(protocol, [], false);
      });
    });
  };
  protocol.service = (name) => {
    service.call(protocol, name);
    if (READS_AHEAD.test(hello().software ?? "")) acceptAhead(protocol, name);
  };
  refuseHostKeyUpdates(protocol);
}

/** ssh2 falls back to SHA-1 where a server does not tell what it takes; we do not. */
function rsaSignature(algorithm: string | undefined) {
  if (algorithm === "rsa-sha2-512") return { name: algorithm, hash: "sha512" } as const;
  return { name: "rsa-sha2-256", hash: "sha256" } as const;
}

/** Servers known to take the next message before they have answered the last: all that carry a POSIX shell in practice. */
const READS_AHEAD = /^(OpenSSH_|dropbear)/;

/** The key whose public half this is. */
function findKey(keys: readonly LoginKey[], publicKey: ParsedKey): LoginKey | undefined {
  const bytes = publicKey.getPublicSSH();
  return keys.find((key) => key.publicKey.getPublicSSH().equals(bytes));
}

function acceptAhead(protocol: Protocol, name: string): void {
  const { SERVICE_ACCEPT: accept } = protocol._handlers;
  protocol._handlers.SERVICE_ACCEPT = heardElsewhere;
  accept(protocol, name);
}

/** We keep known_hosts as it is, so the server need not sign with each of its keys while we wait for the shell. */
function refuseHostKeyUpdates(protocol: Protocol): void {
  const { GLOBAL_REQUEST: handle } = protocol._handlers;
  protocol._handlers.GLOBAL_REQUEST = (self, name, wantReply, data) => {
    if (name !== "hostkeys-00@openssh.com" || wantReply) handle(self, name, wantReply, data);
  };
}
