import { connect, getCiphers } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebHost } from "./web-host.ts";

/** What visitors see of TLS, and where certificates lie. */
let web: WebHost;
beforeAll(async () => {
  web = await WebHost.boot();
  await web.shell("mkdir -p /srv/static; echo page >/srv/static/index.html");
  const { status, output } = await web.apply({ apt: { name: "curl" } });
  expect(status, output).toBe(0);
});
afterAll(() => web[Symbol.asyncDispose]());

const site = (more: object) => ({ "nginx.site": { name: "shop", server_names: ["shop.example"], ...more } });

async function apply(...tasks: readonly object[]) {
  const ran = await web.apply(...tasks);
  expect(ran.status, ran.output).toBe(0);
  expect((await web.apply(...tasks)).changes).toEqual([]);
  return ran;
}

/** What a visitor sees of TLS: the certificate's name, protocol and cipher, or why there is none. */
function handshake(name: string, more: object = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(
      { host: web.host.address, port: 443, servername: name, rejectUnauthorized: false, ...more },
      () => {
        resolve(`${socket.getPeerCertificate().subject?.CN} ${socket.getProtocol()} ${socket.alpnProtocol}`);
        socket.destroy();
      },
    );
    socket.on("error", (error) => resolve(`${(error as NodeJS.ErrnoException).code}`));
  });
}

/** Which of them a visitor who has nothing else gets in with. Refused are those that nginx answers with an alert. */
async function accepted(offers: Readonly<Record<string, object>>): Promise<string[]> {
  const got: string[] = [];
  for (const [offer, options] of Object.entries(offers)) {
    const said = await handshake("shop.example", options);
    if (said.startsWith("shop.example")) got.push(offer);
    else expect(said, offer).toMatch(/ALERT/);
  }
  return got;
}

test("TLS as Mozilla's guideline has it; unknown names get no certificate", async () => {
  const ran = await apply(
    { "nginx.site": { name: "another", server_names: ["another.example"], tls: { self_signed: true }, status: 204 } },
    site({ root: "/srv/static", tls: { self_signed: true } }),
  );
  expect(ran.output).not.toContain("PRIVATE KEY");
  expect(await handshake("shop.example", { ALPNProtocols: ["h2", "http/1.1"] })).toBe("shop.example TLSv1.3 h2");
  const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"].map((one) => {
    return [one, { minVersion: one, maxVersion: one, ciphers: "ALL:@SECLEVEL=0" }];
  });
  expect(await accepted(Object.fromEntries(versions))).toEqual(["TLSv1.2", "TLSv1.3"]);
  const groups = ["X25519MLKEM768", "X25519", "prime256v1", "secp384r1", "secp521r1", "X448"].map((one) => {
    return [one, { ecdhCurve: one }];
  });
  expect(await accepted(Object.fromEntries(groups))).toEqual(["X25519MLKEM768", "X25519", "prime256v1", "secp384r1"]);
  const ciphers = getCiphers().filter((one) => /^(?!tls_|.*psk|.*srp)/.test(one));
  const old = ciphers.map((one) => [one, { maxVersion: "TLSv1.2", ciphers: `${one.toUpperCase()}:@SECLEVEL=0` }]);
  expect(ciphers.length).toBeGreaterThan(20);
  expect((await accepted(Object.fromEntries(old))).toSorted()).toEqual([
    "ecdhe-ecdsa-aes128-gcm-sha256",
    "ecdhe-ecdsa-aes256-gcm-sha384",
    "ecdhe-ecdsa-chacha20-poly1305",
  ]);
  for (const name of ["other.example", ""]) expect(await handshake(name)).toMatch(/UNRECOGNIZED_NAME/);
  expect(await web.get("shop.example", "/x")).toMatchObject({
    status: 301,
    headers: { location: "https://shop.example/x" },
  });
  expect(await web.shell("stat -c %a:%U /etc/nginx/evenkeel/*.pem | uniq")).toBe("600:root");
});

test("first self-signed, then given, then another, then none: both parts change together, and no key stays or shows", async () => {
  const make = async (name: string) => {
    const text = await web.shell(
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=${name} -keyout /tmp/k -out /tmp/c 2>/dev/null; cat /tmp/c; echo ====; cat /tmp/k`,
    );
    const [certificate = "", key = ""] = text.split("====\n");
    return { certificate, key };
  };
  const [one, two] = [await make("one.example"), await make("two.example")];
  const pems = () => web.shell("cd /etc/nginx/evenkeel; ls | grep ^shop || :");
  await apply(site({ root: "/srv/static", redirect_from: ["www.shop.example"], tls: { self_signed: true } }));
  expect(await handshake("www.shop.example")).toMatch(/^shop\.example/);
  expect(await pems()).toBe("shop.self-signed.names\nshop.self-signed.pem");
  for (const pair of [one, two]) {
    const ran = await apply(site({ root: "/srv/static", redirect_from: ["www.shop.example"], tls: pair }));
    const secret = pair.key.split("\n")[1] ?? "";
    expect(secret.length).toBeGreaterThan(40);
    expect(ran.output).not.toContain(secret);
    expect(await handshake("shop.example")).toMatch(pair === one ? /^one/ : /^two/);
    expect(
      await web.shell(`grep -rlF '${secret}' / --exclude-dir=proc --exclude-dir=sys --exclude-dir=tmp 2>/dev/null; :`),
    ).toBe("/etc/nginx/evenkeel/shop.pem");
    expect(await pems()).toBe("shop.pem");
  }
  const head = (name: string) => web.shell(`curl -ski --resolve ${name}:443:127.0.0.1 https://${name}/a`);
  for (const name of ["shop.example", "www.shop.example"])
    expect(await head(name)).toMatch(/strict-transport-security: max-age=63072000/);
  expect(await head("www.shop.example")).toMatch(/HTTP\/2 301[\s\S]*location: https:\/\/shop\.example\/a/);
  await apply(site({ root: "/srv/static" }));
  expect(await pems()).toBe("");
});
