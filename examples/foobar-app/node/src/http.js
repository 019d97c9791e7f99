/** A failure that is an answer. */
export class HttpError extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Ten times what the form can hold. */
const MAX_BODY = 32 * 1024;

/** What is asked, as plain values. */
export async function readRequest(message) {
  const [path = "/", ...query] = (message.url ?? "/").split("?");
  return {
    method: message.method,
    path: decodePath(path),
    query: fields(query.join("?")),
    form: message.method === "POST" ? fields(await readBody(message)) : {},
    // Whether a page of somebody else's sent it; browsers say so.
    isForeign: message.headers["sec-fetch-site"] === "cross-site",
  };
}

async function readBody(message) {
  if (!message.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    throw new HttpError(415, "This takes a form.");
  }
  const length = message.headers["content-length"];
  if (length === undefined) throw new HttpError(411, "This takes a form of a known length.");
  if (Number(length) > MAX_BODY) throw new HttpError(413, "That is too long.", { Connection: "close" });
  const chunks = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

function decodePath(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    // What is no UTF-8 names nothing that we have.
    return path;
  }
}

function fields(encoded) {
  const pairs = encoded.split("&").filter((pair) => pair !== "");
  if (pairs.length > 20) throw new HttpError(400, "The form cannot be read.");
  try {
    return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s, 2).map((part) => decode(part))));
  } catch {
    throw new HttpError(400, "The form cannot be read.");
  }
}

const decode = (text = "") => decodeURIComponent(text.replaceAll("+", " "));
