import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { duplexPair } from "node:stream";
import { gzipSync } from "node:zlib";
import type { HostFile, HostPort } from "@evenkeel/core";
import { ConnectError, Secret } from "@evenkeel/core";
import { beforeEach, describe, expect, test } from "vitest";
import { answerChallenge } from "./authorization.ts";
import { CookieJar } from "./cookie-jar.ts";
import { redirect } from "./redirect.ts";
import { requestBody } from "./request-body.ts";
import type { ResponseData } from "./request-data.ts";
import { uri } from "./uri.ts";
import { uriExecutor } from "./uri-executor.ts";

const usual = {
  ...{ method: "GET", body_format: "raw", remote_src: false, headers: {}, status_code: [200], return_content: false },
  ...{ force: false, follow_redirects: "safe", unredirected_headers: [], force_basic_auth: false, use_netrc: true },
  ...{ timeout: 5, validate_certs: true, http_agent: "ansible-httpget", decompress: true, use_proxy: true },
} as const;
const nothing = { creates: [], removes: [] };

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}
let seen: Seen[] = [];
let put: HostFile[] = [];
beforeEach(() => {
  [seen, put] = [[], []];
});

/** A server in memory, behind the host's tunnel. */
const server = createServer(async (request, response) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array);
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(pieces).toString() });
  respond(new URL(url ?? "/", "http://x").pathname, request, response);
});

function respond(path: string, request: IncomingMessage, response: ServerResponse): void {
  const answer = (status: number, headers: Record<string, string | string[]>, body: string | Buffer = "") =>
    response.writeHead(status, headers).end(body);
  if (path === "/json") answer(200, { "content-type": "application/json; charset=utf-8" }, '{"a": [1]}');
  else if (path === "/problem") answer(200, { "content-type": "application/problem+json" }, '{"b": 2}');
  else if (path === "/gzip")
    answer(200, { "content-encoding": "gzip", "content-type": "text/plain" }, gzipSync("packed"));
  else if (path === "/latin") answer(200, { "content-type": "text/plain; charset=latin1" }, Buffer.from([0xe4]));
  else if (path === "/cookie") answer(302, { location: "/ok", "set-cookie": ["a=1; Path=/", "b=2; HttpOnly"] });
  else if (path === "/away") answer(302, { location: "http://elsewhere.example/ok" });
  else if (path === "/loop") answer(302, { location: "/loop" });
  else if (path === "/kept") answer(307, { location: "/ok" });
  else if (path === "/silent") return;
  else if (path === "/basic" && request.headers.authorization !== `Basic ${btoa("ann:pass")}`)
    answer(401, { "www-authenticate": 'Basic realm="x"' });
  else if (path === "/named")
    answer(200, { "content-disposition": 'attachment; filename="../../etc/page.txt"' }, "page");
  else if (path === "/missing") answer(404, { "content-type": "text/plain", "x-some-header": "y" }, "nope");
  else answer(200, { "content-type": "text/html", "content-length": "2" }, "ok");
}

const host = {
  exchange: async (reads) =>
    reads.map(({ script }) => ({ code: 0, stdout: Buffer.from(said(script)), stderr: Buffer.alloc(0) })),
  put: async (file) => void put.push(file),
  get: async (path, sink) => void (await sink(Buffer.from(`<${path}>`))),
  async tunnel(door) {
    if ("port" in door && door.port === 81)
      throw new ConnectError({ code: "connect/tunnel-refused", message: "nobody listens" });
    const [ours, theirs] = duplexPair();
    server.emit("connection", theirs);
    return ours;
  },
} satisfies Partial<HostPort> as unknown as HostPort;

function said(script: string): string {
  if (script.includes(".netrc")) return "machine netrc.example login bob password secret\ndefault login x password y\n";
  if (script.includes("/srv/folder")) return "folder\n/srv/folder";
  if (script.includes("/srv/old")) return "1000000000\n/srv/old";
  return script.includes("p=") ? "absent\n/srv/new" : "";
}

async function ask(path: string, more: object = {}) {
  const params = {
    ...usual,
    use_netrc: false,
    url: path.startsWith("http") ? path : `http://127.0.0.1${path}`,
    ...more,
  } as never;
  const changes = uri.plan(nothing, params);
  const [step] = changes[0]?.steps ?? [];
  if (step?.do !== "system.uri") throw new Error("no request");
  const { data } = await uriExecutor.take(step.data, host, {});
  const output = { data: data as ResponseData, stdout: "", stderr: "", startedAt: "", endedAt: "" };
  return uri.result?.({ before: nothing, after: nothing, changes, outputs: [output] } as never, params);
}

describe("an answer", () => {
  test("as ansible-core 2.19 has it", async () => {
    const result = await ask("/ok", { return_content: true });
    expect(result).toMatchObject({
      ...{ status: 200, url: "http://127.0.0.1/ok", redirected: false, changed: false, elapsed: 0, content: "ok" },
      ...{ msg: "OK (2 bytes)", content_type: "text/html", content_length: "2", cookies: {}, cookies_string: "" },
    });
    expect(result).not.toHaveProperty("failed");
    expect(seen[0]?.headers).toMatchObject({ "user-agent": "ansible-httpget", host: "127.0.0.1" });
  });
  test.each([
    ["/json", { json: { a: [1] } }],
    ["/problem", { json: { b: 2 } }],
    ["/gzip", { content: "packed" }],
    ["/latin", { content: "ä" }],
  ])("%s: %j", async (path, expected) => expect(await ask(path, { return_content: true })).toMatchObject(expected));

  test("that was not expected fails, and is shown", async () => {
    expect(await ask("/missing", { return_content: true })).toMatchObject({
      ...{ failed: true, status: 404, content: "nope", x_some_header: "y", redirected: false },
      msg: "Status code was 404 and not [200]: HTTP Error 404: Not Found",
    });
    expect(await ask("/missing", { status_code: [404] })).not.toHaveProperty("failed");
  });
  test("that never came", async () => {
    expect(await ask("http://127.0.0.1:81/")).toMatchObject({
      ...{ failed: true, status: -1, msg: "Status code was -1 and not [200]: Request failed: nobody listens" },
    });
    expect(await ask("/silent", { timeout: 0.1 })).toMatchObject({
      status: -1,
      msg: expect.stringContaining("timed out"),
    });
  });
});

describe("a request", () => {
  test.each([
    ["text", { method: "post", body: "a b" }, "a b", "application/x-www-form-urlencoded"],
    ["JSON", { method: "PUT", body: { a: [1] }, body_format: "json" }, '{"a":[1]}', "application/json"],
    [
      "a form",
      { method: "POST", body: { a: "b c", d: ["e", 1] }, body_format: "form-urlencoded" },
      "a=b+c&d=e&d=1",
      "application/x-www-form-urlencoded",
    ],
    [
      "a file on the host",
      { method: "POST", src: "/etc/x", remote_src: true },
      "</etc/x>",
      "application/x-www-form-urlencoded",
    ],
    ["its own type", { method: "POST", body: "x", headers: { "Content-Type": "text/x" } }, "x", "text/x"],
  ])("with %s", async (_name, params, body, type) => {
    await ask("/ok", params);
    expect(seen[0]).toMatchObject({ method: params.method.toUpperCase(), body, headers: { "content-type": type } });
  });

  test("with a multipart form", async () => {
    const body = {
      b: { filename: "/x/f.txt", content: "text", mime_type: "text/x" },
      a: "plain",
      c: { filename: "/on/host", mime_type: "a/b" },
    };
    await ask("/ok", { method: "POST", body, body_format: "form-multipart", remote_src: true });
    const [, boundary] = /boundary="(.*)"/.exec(String(seen[0]?.headers["content-type"])) ?? [];
    expect(seen[0]?.body.split(`--${boundary}`)).toEqual([
      "",
      '\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name="a"\r\n\r\nplain\r\n',
      '\r\nContent-Type: text/x\r\nContent-Disposition: form-data; name="b"; filename="f.txt"\r\n\r\ntext\r\n',
      `\r\nContent-Transfer-Encoding: base64\r\nContent-Type: a/b\r\nContent-Disposition: form-data; name="c"; filename="host"\r\n\r\n${btoa("</on/host>")}\r\n`,
      "--\r\n",
    ]);
  });

  test("a password is sent when it is asked for, at once, or as the host's netrc has it", async () => {
    expect(await ask("/basic")).toMatchObject({ status: 401, failed: true });
    const user = { url_username: "ann", url_password: new Secret("pass") };
    expect(await ask("/basic", user)).toMatchObject({ status: 200 });
    expect(seen.at(-2)?.headers.authorization).toBeUndefined();
    await ask("/ok", { ...user, force_basic_auth: true });
    expect(seen.at(-1)?.headers.authorization).toBe(`Basic ${btoa("ann:pass")}`);
    await ask("http://netrc.example/ok", { use_netrc: true });
    expect(seen.at(-1)?.headers.authorization).toBe(`Basic ${btoa("bob:secret")}`);
    expect(await ask("http://ann:pass@127.0.0.1/basic")).toMatchObject({ status: 200 });
  });

  test("secrets stay hidden in the plan", () => {
    const params = {
      ...{
        ...usual,
        url: "http://ann:urlpass@x/",
        method: "POST",
        body_format: "json",
        url_password: new Secret("s3cret"),
      },
      ...{ body: { token: new Secret("t0ken") }, headers: { Authorization: new Secret("b3arer") } },
    } as never;
    const [change] = uri.plan(nothing, params);
    expect(change?.key).toBe("POST http://x/");
    expect(JSON.stringify(change)).not.toMatch(/s3cret|t0ken|b3arer/);
  });
});

describe("redirects", () => {
  test("are followed with cookies", async () => {
    expect(await ask("/cookie")).toMatchObject({
      ...{
        status: 200,
        redirected: true,
        url: "http://127.0.0.1/ok",
        cookies: { a: "1", b: "2" },
        cookies_string: "a=1; b=2",
      },
    });
    expect(seen[1]?.headers.cookie).toBe("a=1; b=2");
  });
  test("or not", async () => {
    expect(await ask("/cookie", { follow_redirects: "none", status_code: [302] })).toMatchObject({
      ...{ status: 302, redirected: false, location: "http://127.0.0.1/ok", msg: "HTTP Error 302: Found" },
    });
    expect(await ask("/kept", { method: "POST", body: "x", status_code: [307] })).toMatchObject({ status: 307 });
  });
  test("keep a body where they must", async () => {
    await ask("/kept", { method: "POST", body: "x", follow_redirects: "all" });
    expect(seen[1]).toMatchObject({ method: "POST", body: "x" });
  });
  test("tell nobody else who asks", async () => {
    const headers = { Authorization: "Bearer x", "X-Own": "y", "X-Here": "z" };
    await ask("/away", { headers, unredirected_headers: ["X-Here"] });
    expect(seen[1]?.headers).toMatchObject({ host: "elsewhere.example", "x-own": "y" });
    expect(seen[1]?.headers).not.toHaveProperty("authorization");
    expect(seen[1]?.headers).not.toHaveProperty("x-here");
  });
  test("end", async () => {
    await expect(ask("/loop")).rejects.toMatchObject({ code: "uri/redirects" });
  });
  test.each([
    ["all", 301, "POST", "GET false"],
    ["all", 302, "PUT", "GET false"],
    ["all", 301, "PUT", "PUT false"],
    ["all", 303, "HEAD", "HEAD false"],
    ["all", 308, "PUT", "PUT true"],
    ["safe", 302, "POST", undefined],
    ["safe", 302, "GET", "GET false"],
    ["none", 302, "GET", undefined],
    ["urllib2", 302, "POST", "GET false"],
    ["urllib2", 307, "POST", undefined],
    ["all", 304, "GET", undefined],
  ] as const)("%s %d of %s: %s", (follows, status, method, expected) => {
    const next = redirect(follows, status, method);
    expect(next && `${next.method} ${next.keepsBody}`).toBe(expected);
  });
});

describe("an answer that is kept", () => {
  test.each([
    ["in a file", "/ok", "/srv/new", "/srv/new"],
    ["in a folder", "/a/page.html", "/srv/folder", "/srv/folder/page.html"],
    ["in a folder, of no name", "/", "/srv/folder", "/srv/folder/index.html"],
    ["under the server's name, and nowhere else", "/named", "/srv/folder", "/srv/folder/page.txt"],
  ])("%s", async (_name, path, dest, expected) => {
    expect(await ask(path, { dest, mode: "0600", owner: "www-data" })).toMatchObject({ changed: true, path: expected });
    expect(put).toMatchObject([{ path: expected, mode: "0600", owner: "www-data" }]);
  });
  test("only if it is newer, unless forced", async () => {
    await ask("/ok", { dest: "/srv/old" });
    expect(seen[0]?.headers["if-modified-since"]).toBe("Sun, 09 Sep 2001 01:46:40 GMT");
    await ask("/ok", { dest: "/srv/old", force: true });
    expect(seen[1]?.headers).toMatchObject({ "cache-control": "no-cache" });
    expect(seen[1]?.headers).not.toHaveProperty("if-modified-since");
  });
  test("not when it was not expected", async () => {
    expect(await ask("/missing", { dest: "/srv/new" })).toMatchObject({ failed: true });
    expect(put).toEqual([]);
  });
});

describe("the plan", () => {
  const plan = (more: object, answers: object = {}) =>
    uri.plan({ ...nothing, ...answers }, { ...usual, url: "http://x/", ...more } as never);
  test.each([
    [{}, "check", []],
    [{ method: "HEAD" }, "check", []],
    [{ method: "DELETE" }, "run", []],
    [{ dest: "/srv/x" }, "run", ["/srv/x"]],
  ])("%j: %s", (more, action, touches) => {
    expect(plan(more).map((change) => [change.action, (change.after as { touches?: string[] }).touches ?? []])).toEqual(
      [[action, touches]],
    );
  });
  test("not where it has been done", () => {
    const creates = [{ kind: "file", key: "/x", state: { type: "file" } }];
    expect(plan({ creates: "/x" }, { creates })).toEqual([]);
    const made = { before: { ...nothing, creates }, after: nothing, changes: [], outputs: [] } as never;
    expect(uri.result?.(made, { ...usual, url: "http://x/", creates: "/x" } as never)).toEqual({
      changed: false,
      stdout: "skipped, since '/x' exists",
    });
  });
  test.each([
    [{ url: "ftp://x/" }, "uri/url"],
    [{ method: "GET it" }, "uri/method"],
    [{ body: "x", src: "/y" }, "uri/both"],
    [{ body: { a: 1 } }, "uri/body"],
    [{ body_format: "form-multipart", body: { a: { filename: "/x" } } }, "uri/body"],
  ])("%j is refused", (more, code) => expect(() => plan(more)).toThrow(expect.objectContaining({ code })));
});

test("a secret in a body makes a secret of it", () => {
  const { body } = requestBody({ a: new Secret("x y") }, "form-urlencoded", false);
  expect(body && "text" in body && body.text instanceof Secret && body.text.reveal()).toBe("a=x+y");
});

test("RFC 7616's own example of Digest", () => {
  const challenge =
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const answer = answerChallenge(
    challenge,
    { user: "Mufasa", password: "Circle of Life" },
    { method: "GET", path: "/dir/index.html" },
  );
  expect(answer).toMatch(
    /^Digest username="Mufasa", realm="http-auth@example.org", .*qop=auth, nc=00000001, cnonce="[0-9a-f]{16}"$/,
  );
  expect(answerChallenge("Negotiate", { user: "", password: "" }, { method: "GET", path: "/" })).toBeUndefined();
});

test("cookies go where they belong", () => {
  const jar = new CookieJar();
  jar.take(new URL("http://a.example/x/y"), [
    "here=1",
    "all=2; Path=/",
    "wide=3; Domain=example; Path=/",
    "s=4; Secure",
    "gone=5; Path=/",
  ]);
  jar.take(new URL("http://a.example/"), ["gone=; Max-Age=0; Path=/", "evil=6; Domain=other.example"]);
  expect(jar.header(new URL("http://a.example/x/z"))).toBe("here=1; all=2; wide=3");
  expect(jar.header(new URL("http://a.example/"))).toBe("all=2; wide=3");
  expect(jar.header(new URL("http://b.example/"))).toBe("wide=3");
  expect(jar.header(new URL("http://c.test/"))).toBeUndefined();
});
