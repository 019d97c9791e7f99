import { textFor } from "@evenkeel/kinds";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import { renderSite } from "./render-site.ts";
import type { SiteParams } from "./site-params.ts";
import { siteParams } from "./site-params.ts";
import { word } from "./words.ts";

const base = { name: "shop", server_names: ["shop.example"] };
const newest = { version: "1.30.6", openssl: "3.5.4", hasIpv6: true };

/** Value.Default cannot go into names that only a pattern tells. */
function withDefaults({ headers, ...more }: Readonly<Record<string, unknown>>): object {
  const whole = Value.Default(siteParams, structuredClone({ ...base, ...more })) as object;
  return { ...whole, ...(headers !== undefined && { headers }) };
}

function render(more: Readonly<Record<string, unknown>>, host: object = newest): string {
  const params = withDefaults(more) as SiteParams;
  expect([...Value.Errors(siteParams, params)]).toEqual([]);
  return textFor(renderSite(params), host);
}

test("a value is one word, whatever is in it", () => {
  expect(word("plain-value_1.2:3")).toBe("plain-value_1.2:3");
  expect(word('a "b" \\ ; } {')).toBe('"a \\"b\\" \\\\ ; } {"');
  expect(word("")).toBe('""');
  expect(render({ status: 200, headers: { "X-A": 'x"; } evil; {' } })).toContain(
    'add_header X-A "x\\"; } evil; {" always;',
  );
});

describe("values that would get out of their place are refused before any host is touched", () => {
  const evil = ["a;b", "a{b", "a}b", "a\nb", 'a"b', "a'b", "a b", "a\\b"];
  const places = (bad: string): readonly Readonly<Record<string, unknown>>[] => [
    { name: bad },
    { server_names: [bad] },
    { redirect_from: [bad] },
    { listen: [`80${bad}`] },
    { root: `/srv/${bad}` },
    { index: [bad] },
    { fallback: `/${bad}` },
    { app: bad },
    { upstream: bad },
    { proxy: `127.0.0.1:80/${bad}` },
    { proxy: bad },
    { redirect: `https://${bad}` },
    { cache: bad },
    { access_log: `/var/${bad}` },
    { limits: { body: bad } },
    { limits: { rate: bad } },
    { timeouts: { read: bad } },
    { allow: [bad] },
    { headers: { [bad]: "x" } },
    { tls: { certificate_file: `/x${bad}`, key_file: "/y" } },
    { locations: [{ path: "/", alias: `/x${bad}` }] },
  ];
  test.each(evil)("%j", (bad) => {
    for (const more of places(bad)) {
      const params = withDefaults(more);
      // A space is nothing in an address that visitors are sent to: it is quoted.
      const isRight = Value.Check(siteParams, params) && !("redirect" in more && bad === "a b");
      expect(isRight, JSON.stringify(more)).toBe(false);
    }
  });
  test("no line can be begun in a header or a path", () => {
    for (const more of [{ headers: { "X-A": "a\nb" } }, { locations: [{ path: "/a\nb" }] }])
      expect(Value.Check(siteParams, withDefaults(more)), JSON.stringify(more)).toBe(false);
  });
});

test("a regex is quoted, so that its braces are its own", () => {
  expect(render({ locations: [{ path: "^/a{2,3}\\.js$", match: "regex", status: 404 }] })).toContain(
    'location ~ "^/a{2,3}\\\\.js$" {',
  );
});

test("HTTP/2 and kept connections as each version has them", () => {
  const old = render(
    { root: "/srv", tls: { certificate: "a", key: "b" } },
    { version: "1.22.1", openssl: "3.0.1", hasIpv6: false },
  );
  expect(old).toContain("listen 443 ssl http2;");
  expect(old).not.toMatch(/http2 on|keepalive_min_timeout|MLKEM|\[::\]/);
  const recent = render({ root: "/srv", tls: { certificate: "a", key: "b" } });
  expect(recent).toMatch(
    /listen 443 ssl;[\s\S]*listen \[::\]:443 ssl;[\s\S]*http2 on;[\s\S]*ssl_ecdh_curve X25519MLKEM768/,
  );
  expect(recent).toContain("keepalive_min_timeout 5s;");
  expect(recent).not.toContain("ssl http2;");
});

test("port 80 sends visitors to https, also when it is named, unless that is not wanted", () => {
  const toHttps = "return 301 https://$host$request_uri;";
  expect(render({ root: "/srv", tls: { self_signed: true } })).toContain(toHttps);
  const named = render({ root: "/srv", listen: ["127.0.0.1:80", "443"], tls: { self_signed: true } });
  expect(named.split("\nserver {").filter((one) => one.includes("listen 127.0.0.1:80;"))).toEqual([
    expect.stringContaining("return 444;"),
    expect.stringContaining(toHttps),
  ]);
  expect(named).not.toContain("listen 80;");
  const both = render({ root: "/srv", listen: ["80", "443"], tls: { self_signed: true, redirect: false } });
  expect(both).not.toContain("return 301");
  expect(both).toMatch(/listen 80;[\s\S]*listen 443 ssl;/);
  expect(render({ root: "/srv", listen: ["8443"], tls: { self_signed: true } })).not.toContain("listen 80;");
});

test("browsers are told to stay with https, but for a certificate that is not for good", () => {
  expect(render({ root: "/srv", tls: { certificate: "a", key: "b" } })).toContain(
    'Strict-Transport-Security "max-age=63072000"',
  );
  expect(render({ root: "/srv", tls: { certificate: "a", key: "b", hsts: 60 } })).toContain('"max-age=60"');
  expect(render({ root: "/srv", tls: { self_signed: true } })).not.toContain("Strict");
});

test("each server of a port says all of TLS: OpenSSL takes most of it from the first, which closes", () => {
  const text = render({ root: "/srv", redirect_from: ["www.shop.example"], tls: { certificate: "a", key: "b" } });
  const servers = text.split("\nserver {").filter((one) => one.includes("listen 443 ssl"));
  expect(servers).toHaveLength(3);
  expect(servers[0]).toContain("ssl_reject_handshake on;");
  for (const one of servers)
    expect(one).toMatch(/ssl_protocols[\s\S]*ssl_ecdh_curve[\s\S]*ssl_ciphers[\s\S]*ssl_session_cache/);
  for (const one of servers.slice(1)) expect(one).toContain("Strict-Transport-Security");
});

test("a location with headers of its own has the site's as well", () => {
  const text = render({
    root: "/srv",
    headers: { "X-A": "1" },
    locations: [{ path: "/b", match: "prefix", root: "/srv", headers: { "X-B": "2" } }],
  });
  const inside = text.slice(text.indexOf("location /b"));
  expect(inside.slice(0, inside.indexOf("}"))).toMatch(/nosniff[\s\S]*X-A 1[\s\S]*X-B 2/);
});

test("an application is asked anew, a group's connections are kept", () => {
  expect(render({ app: "shop" })).toMatch(
    /proxy_pass http:\/\/unix:\/run\/evenkeel\/apps\/shop\.sock;[\s\S]*Connection \$shop_connection;/,
  );
  expect(render({ upstream: "backends" })).toContain("Connection $shop_connection_kept;");
  expect(render({ app: "shop", websockets: false })).toContain("proxy_set_header Connection close;");
});

test("sites whose names differ in signs do not share nginx's names", () => {
  const zone = (name: string) => /zone=(\w+):/.exec(render({ name, status: 200, limits: { rate: "1r/s" } }))?.[1];
  expect(zone("a.b")).not.toBe(zone("a-b"));
  expect(zone("a_2eb")).not.toBe(zone("a.b"));
});
