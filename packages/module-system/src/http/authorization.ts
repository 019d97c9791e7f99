import { hash, randomBytes } from "node:crypto";

/** Who asks. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export function basicAuthorization({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** The answer to a server that wants to know who asks: Digest where it can be, else Basic. */
export function answerChallenge(
  challenges: string,
  credentials: Credentials,
  { method, path }: { readonly method: string; readonly path: string },
): string | undefined {
  const digest = /\bDigest\s+(.*)$/is.exec(challenges)?.[1];
  if (digest !== undefined) return digestAuthorization(parseWords(digest), credentials, method, path);
  return /\bBasic\b/i.test(challenges) ? basicAuthorization(credentials) : undefined;
}

function parseWords(text: string): ReadonlyMap<string, string> {
  const words = text.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi);
  return new Map([...words].map(([, name = "", quoted, plain = ""]) => [name.toLowerCase(), quoted ?? plain]));
}

/** RFC 7616, with MD5 and SHA-256. */
function digestAuthorization(
  words: ReadonlyMap<string, string>,
  { user, password }: Credentials,
  method: string,
  path: string,
): string | undefined {
  const name = words.get("algorithm") ?? "MD5";
  const algorithm = { MD5: "md5", "SHA-256": "sha256" }[name.replace(/-sess$/i, "").toUpperCase()];
  if (algorithm === undefined) return undefined;
  const sum = (text: string) => hash(algorithm, text);
  const [realm, nonce, opaque] = [words.get("realm") ?? "", words.get("nonce") ?? "", words.get("opaque")];
  const cnonce = randomBytes(8).toString("hex");
  const qop = words
    .get("qop")
    ?.split(",")
    .map((each) => each.trim())
    .includes("auth")
    ? "auth"
    : undefined;
  const own = sum(`${user}:${realm}:${password}`);
  const first = /-sess$/i.test(name) ? sum(`${own}:${nonce}:${cnonce}`) : own;
  const second = sum(`${method}:${path}`);
  const response = sum(qop ? `${first}:${nonce}:00000001:${cnonce}:${qop}:${second}` : `${first}:${nonce}:${second}`);
  const said = [
    `username="${user}", realm="${realm}", nonce="${nonce}", uri="${path}", response="${response}", algorithm=${name}`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop === undefined ? [] : [`qop=${qop}, nc=00000001, cnonce="${cnonce}"`]),
  ];
  return `Digest ${said.join(", ")}`;
}
