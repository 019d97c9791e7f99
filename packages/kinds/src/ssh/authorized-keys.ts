import type { Change, Observed, RunStep } from "@evenkeel/core";
import { defineKind, isUnsettled, quote, quoteAll, readWords } from "@evenkeel/core";
import { checkUserName } from "../user/check-user-name.ts";

/** The keys with which a user may log in, as lines of its file. */
export type AuthorizedKeysState =
  | {
      readonly state: "absent";
      readonly path?: string /** The user itself is not there. */;
      readonly isUserAbsent?: boolean;
    }
  | { readonly state: "present"; readonly path?: string; readonly text: string };

export interface DesiredAuthorizedKeys {
  readonly text: string;
  /** Make the folder where it is missing, and make it the user's alone. */
  readonly managesFolder: boolean;
}

/** Where the file is, if not in the user's home. */
export interface AuthorizedKeysQuestion {
  readonly path?: string;
  /** What a link points to is changed, not the link. */
  readonly follows?: boolean;
}

/** A user's authorized keys, by the user's name. */
export const authorizedKeys = defineKind<AuthorizedKeysState, DesiredAuthorizedKeys>({
  name: "authorized-keys",
  read(users, via) {
    for (const user of users) checkUserName(user);
    const { path, follows } = (via ?? {}) as AuthorizedKeysQuestion;
    const words = `path=${path === undefined ? "" : quote(path)} follow=${follows ? 1 : ""}\n`;
    return `${words}set -- ${quoteAll(users)}\n${readWords(new URL("./read-authorized-keys.sh", import.meta.url))}`;
  },
  parse,
  ensure(actual, desired) {
    const { kind, key, via, state } = actual;
    const now = isUnsettled(state) || state.state === "absent" ? "" : state.text;
    if (!isUnsettled(state) && now === desired.text) return [];
    const change: Change<AuthorizedKeysState> = {
      ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: state },
      after: { state: "present", text: desired.text },
      steps: [write(actual, desired.text, desired.managesFolder)],
      undo: isUnsettled(state) ? [] : [write(actual, state.state === "absent" ? undefined : state.text, false)],
      interrupts: "nothing",
    };
    return [change];
  },
  isAsPlanned: (actual, after) =>
    actual.state === "present" && after.state === "present" ? actual.text === after.text : actual.state === after.state,
  isAbsent: ({ state }) => state === "absent",
  unsettles: ({ key }) => [{ kind: "file", isDoubt: true, because: `the keys of ${key} are in it` }],
  describe: (state) => (state.state === "absent" ? { state: "absent" } : { content: state.text }),
});

function parse(output: Uint8Array, users: readonly string[]): ReadonlyMap<string, AuthorizedKeysState> {
  const states = new Map<string, AuthorizedKeysState>();
  let rest = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  for (const user of users) {
    const end = rest.indexOf("\n");
    const [, isThere, size = "-", path = ""] = /^(\S+) +(\S+) (.*)$/s.exec(rest.toString("utf8", 0, end)) ?? [];
    const length = size === "-" ? 0 : Number(size);
    const text = rest.toString("utf8", end + 1, end + 1 + length);
    rest = rest.subarray(end + 1 + length);
    if (size === "-") states.set(user, { state: "absent", path, ...(isThere !== "yes" && { isUserAbsent: true }) });
    else states.set(user, { state: "present", path, text });
  }
  return states;
}

/** Without a text, the file goes. */
function write(
  { key, via, state }: Observed<AuthorizedKeysState>,
  text: string | undefined,
  manages: boolean,
): RunStep {
  const { path, follows } = (via ?? {}) as AuthorizedKeysQuestion;
  const found = isUnsettled(state) ? undefined : state.path;
  const file = follows ? (found ?? path) : path;
  const script = ["./as-owner.sh", "./write-authorized-keys.sh"]
    .map((name) => readWords(new URL(name, import.meta.url)))
    .join("");
  return {
    do: "run",
    argv: [
      "sh",
      "-c",
      script,
      "evenkeel-authorized-keys",
      key,
      file ?? "",
      manages ? "yes" : "",
      text === undefined ? "yes" : "",
    ],
    ...(text !== undefined && { stdin: text }),
  };
}
