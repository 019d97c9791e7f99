import { StepError } from "@evenkeel/core";

export interface KeysWish {
  /** Lines such as `ssh-ed25519 AAAA… comment`, with options before if need be. */
  readonly keys: string;
  readonly state: "present" | "absent";
  /** Instead of those in the lines. */
  readonly options?: string | undefined;
  readonly comment?: string | undefined;
  /** All other keys go, and whatever else is there, as Ansible does it. */
  readonly isExclusive?: boolean;
}

/** The text of a user's keys with some of them added, changed or removed; what was there keeps its place. */
export function authorizedKeysText(text: string, wish: KeysWish): string {
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const have = lines.map((line) => ({ line, key: parseKey(line) }));
  const wanted = wish.keys
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => demandKey(line, wish));
  if (wish.state === "absent") return join(have.filter(({ key }) => !wanted.some((each) => each.body === key?.body)));
  const kept = have.filter(({ key }) => {
    const same = wanted.find((each) => each.body === key?.body);
    // One that differs goes, and comes again at the end.
    return same ? key !== undefined && isSame(key, same) : !wish.isExclusive;
  });
  const isThere = (key: Key) => kept.some((each) => each.key?.body === key.body);
  const added = wanted.filter(
    (key, index) => !isThere(key) && wanted.findIndex(({ body }) => body === key.body) === index,
  );
  return join([...kept, ...added.map((key) => ({ line: lineOf(key) }))]);
}

interface Key {
  readonly options: string;
  readonly type: string;
  readonly body: string;
  readonly comment: string;
}

const type =
  /^(?:(?:sk-|webauthn-sk-)?(?:ecdsa-sha2-nistp(?:256|384|521)|ssh-ed25519)|ssh-(?:rsa|dss|xmss)|rsa-sha2-(?:256|512))(?:-cert-v01)?(?:@openssh\.com)?$/;

/** Words are parted by blanks, but not in quotes: options may hold `command="a b"`. */
function parseKey(line: string): Key | undefined {
  if (line.trimStart().startsWith("#")) return undefined;
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? [];
  const at = words.findIndex((word) => type.test(word));
  const [kind, body] = [words[at], words[at + 1]];
  if (at < 0 || kind === undefined || body === undefined) return undefined;
  return { options: words.slice(0, at).join(" "), type: kind, body, comment: words.slice(at + 2).join(" ") };
}

function demandKey(line: string, { options, comment }: KeysWish): Key {
  const key = parseKey(line.replaceAll("\\#", "#"));
  if (key) return { ...key, ...(options !== undefined && { options }), ...(comment !== undefined && { comment }) };
  throw new StepError({
    code: "authorized-keys/key",
    message: `not a public key: ${line.slice(0, 60)}`,
    hint: "such as `ssh-ed25519 AAAA… name@host`; a path or a URL is read with lookup('file', …) or lookup('url', …)",
  });
}

function isSame(one: Key, other: Key): boolean {
  return one.options === other.options && one.type === other.type && one.comment === other.comment;
}

function lineOf({ options, type, body, comment }: Key): string {
  return [options, type, body, comment].filter((part) => part !== "").join(" ");
}

function join(lines: readonly { readonly line: string }[]): string {
  return lines.map(({ line }) => `${line}\n`).join("");
}
