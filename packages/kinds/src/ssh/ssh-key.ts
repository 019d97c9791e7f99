import type { Change, Observed, Secret } from "@evenkeel/core";
import { defineKind, isUnsettled, quote, quoteAll, readWords } from "@evenkeel/core";
import { checkUserName } from "../user/check-user-name.ts";

/** A user's own pair of keys. */
export type SshKeyState =
  | { readonly state: "absent"; readonly path?: string }
  | { readonly state: "present"; readonly path?: string; readonly fingerprint?: string; readonly publicKey?: string };

export interface DesiredSshKey {
  readonly type: string;
  readonly bits?: number | undefined;
  /** `$HOSTNAME` in it stands for the host's name. */
  readonly comment: string;
  readonly passphrase?: Secret | string | undefined;
  /** A new pair takes the place of the old one, each time. */
  readonly replaces?: boolean;
}

/** A user's pair of keys by the user's name; `via` says `{ file }`, in its home or absolute. */
export const sshKey = defineKind<SshKeyState, DesiredSshKey>({
  name: "ssh-key",
  read(users, via) {
    for (const user of users) checkUserName(user);
    return `file=${quote(fileOf(via))}\nset -- ${quoteAll(users)}\n${readWords(new URL("./read-ssh-keys.sh", import.meta.url))}`;
  },
  parse(output, users) {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(
      users.map((user, index): [string, SshKeyState] => {
        const [path = "", word, fingerprint = "", publicKey = ""] = lines.slice(index * 4, index * 4 + 4);
        if (word !== "present") return [user, { state: "absent", path }];
        return [user, { state: "present", path, fingerprint, publicKey }];
      }),
    );
  },
  ensure(actual, desired) {
    const { state } = actual;
    if (!isUnsettled(state) && state.state === "present" && !desired.replaces) return [];
    return [generate(actual, desired)];
  },
  isAsPlanned: (actual, after) => actual.state === after.state,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => ({
    state: state.state,
    ...(state.state === "present" && state.fingerprint !== undefined && { fingerprint: state.fingerprint }),
  }),
});

function generate({ kind, key, via, state }: Observed<SshKeyState>, desired: DesiredSshKey): Change<SshKeyState> {
  const { type, bits, comment, passphrase, replaces } = desired;
  const script = ["./as-owner.sh", "./make-ssh-key.sh"]
    .map((name) => readWords(new URL(name, import.meta.url)))
    .join("");
  const words = [
    key,
    fileOf(via),
    type,
    bits === undefined ? "" : String(bits),
    comment,
    passphrase === undefined ? "" : "yes",
    replaces ? "yes" : "",
  ];
  const path = isUnsettled(state) ? undefined : state.path;
  const isNew = !isUnsettled(state) && state.state === "absent" && path !== undefined;
  return {
    ...{ kind, key, ...(via !== undefined && { via }), before: state, after: { state: "present" } },
    action: replaces ? "run" : "ensure",
    steps: [
      {
        do: "run",
        argv: ["sh", "-c", script, "evenkeel-ssh-key", ...words],
        ...(passphrase !== undefined && { stdin: passphrase }),
      },
    ],
    undo: isNew ? [{ do: "run", argv: ["rm", "-f", "--", path, `${path}.pub`] }] : [],
    interrupts: "nothing",
  };
}

function fileOf(via: unknown): string {
  return (via as { readonly file?: string } | undefined)?.file ?? ".ssh/id_rsa";
}
