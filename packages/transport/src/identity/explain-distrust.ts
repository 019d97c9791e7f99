import { ConnectError } from "@evenkeel/core";
import { fingerprint } from "./fingerprint.ts";
import type { Identity } from "./host-verifier.ts";
import type { Verdict } from "./judge-host-key.ts";
import { lookupName } from "./judge-host-key.ts";
import type { KnownHost } from "./parse-known-hosts.ts";
import { keyTypeOf } from "./parse-known-hosts.ts";

type Distrust = Verdict | { readonly kind: "rekeyed"; readonly pinned: Buffer };

/** Says why a host is not believed, as somebody who would have to decide what to do about it wants to read it. */
export function explainDistrust(identity: Identity, shown: Buffer, distrust: Distrust): ConnectError {
  const { code, message, known = [], hint, place } = describe(identity, shown, distrust);
  return new ConnectError({
    code,
    message,
    host: identity.name,
    detail: [...known, `shown  ${describeKey(shown)}`].join("\n"),
    hint,
    ...(place && { place }),
  });
}

interface Description {
  readonly code: string;
  readonly message: string;
  readonly known?: readonly string[];
  readonly hint: string;
  readonly place?: KnownHost["place"];
}

function describe(identity: Identity, shown: Buffer, distrust: Distrust): Description {
  const { name, trust } = identity;
  if (distrust.kind === "rekeyed") {
    return {
      code: "identity/changed",
      message: `${name} showed another host key in the middle of a connection`,
      known: [`before ${describeKey(distrust.pinned)}`],
      hint: "no honest server does this: find out who is between you and the host before you connect again",
    };
  }
  if (distrust.kind === "revoked") {
    return {
      code: "identity/revoked",
      message: `${name} shows a host key that was revoked`,
      known: [describeEntry(distrust.by)],
      hint: `the host needs a new key, and known_hosts a line for it; the revocation is at ${at(distrust.by)}`,
      place: distrust.by.place,
    };
  }
  if (trust.kind === "fingerprint") {
    return {
      code: "identity/changed",
      message: `${name} shows another host key than the pinned one`,
      known: [`pinned ${trust.sha256}`],
      hint: `compare with the host's own, on its console: ${printOwnKey(shown)}`,
    };
  }
  if (distrust.kind === "changed") return describeChange(identity, shown, distrust.known);
  return distrust.kind === "authority-only"
    ? describeAuthority(identity, distrust.known)
    : describeStranger(identity, shown);
}

function describeChange(identity: Identity, shown: Buffer, known: readonly KnownHost[]): Description {
  const files = [...new Set(known.map(({ place }) => place.file))];
  const forget = files.map((file) => `ssh-keygen -R ${quote(lookupName(identity))} -f ${quote(file)}`).join(" && ");
  return {
    code: "identity/changed",
    message: `${identity.name} shows another host key than the one that is known`,
    known: known.map(describeEntry),
    hint:
      `if the host was set up anew, compare its key on its console (${printOwnKey(shown)}) and forget the old one: ` +
      `${forget}; if not, somebody may be between you and it`,
    ...(known[0] && { place: known[0].place }),
  };
}

function describeAuthority({ name }: Identity, known: readonly KnownHost[]): Description {
  return {
    code: "identity/authority-only",
    message: `${name} is known by a certificate authority only, and host certificates need the system's ssh`,
    known: known.map(describeEntry),
    hint: "use transport: openssh for this host",
    ...(known[0] && { place: known[0].place }),
  };
}

function describeStranger(identity: Identity, shown: Buffer): Description {
  return {
    code: "identity/unknown",
    message: `${identity.name} (${lookupName(identity)}) is in no known_hosts file`,
    hint:
      `compare the key on the host's console (${printOwnKey(shown)}), then record it: ${recordCommand(identity)}; ` +
      `or set trust: accept-new for hosts that you meet for the first time`,
  };
}

function recordCommand({ user, host, port, hostKeyAlias, knownHostsFile }: Identity): string {
  return [
    "ssh",
    ...(port === 22 ? [] : [`-p ${port}`]),
    ...(hostKeyAlias === undefined ? [] : [`-o HostKeyAlias=${quote(hostKeyAlias)}`]),
    ...(knownHostsFile === undefined ? [] : [`-o UserKnownHostsFile=${quote(knownHostsFile)}`]),
    `${quote(user)}@${quote(host)} true`,
  ].join(" ");
}

function printOwnKey(shown: Buffer): string {
  const kind = keyTypeOf(shown).replace(/^ssh-/, "").replace(/-.*$/, "");
  return `ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub`;
}

const describeEntry = (entry: KnownHost): string => `known  ${describeKey(entry.key)} at ${at(entry)}`;
const describeKey = (key: Buffer): string => `${fingerprint(key)} (${keyTypeOf(key)})`;
const at = ({ place }: KnownHost): string => `${place.file}:${place.line}`;
const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
