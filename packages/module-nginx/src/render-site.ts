import type { NginxText } from "@evenkeel/kinds";
import { linesOf, nginxNameOf } from "@evenkeel/kinds";
import { pemFile } from "./certificate.ts";
import { asDefault, http2, listensOf, plainListensOf } from "./render-listen.ts";
import type { Whereabouts } from "./render-place.ts";
import { headerLines, renderPlace, renderZones } from "./render-place.ts";
import { renderCertificate, renderHsts, renderProtocol } from "./render-tls.ts";
import type { LocationParams, SiteParams } from "./site-params.ts";
import { block, directive, lines, word } from "./words.ts";

/** A site's whole file: what its servers share, one that closes, redirects, and the site itself. */
export function renderSite(params: SiteParams): NginxText {
  const { tls, redirect_from = [], server_names = [] } = params;
  const listens = listensOf(params);
  const plain = plainListensOf(params);
  const shared = sharedLines(params);
  const secured =
    tls === undefined ? [] : [...renderCertificate(tls, pemFile(params.name, tls.self_signed)), ...renderProtocol()];
  const [main = "_"] = server_names;
  const scheme = tls === undefined ? "$scheme" : "https";
  return [
    { text: `# Written by Evenkeel: nginx.site ${params.name}. What is changed here by hand is lost.` },
    ...renderHttp(params),
    ...closing(params, listens, plain),
    ...(plain.length === 0
      ? []
      : server([...plain, ...named([...server_names, ...redirect_from], "server_names"), ...shared, ...toHttps()])),
    ...(redirect_from.length === 0
      ? []
      : server([
          ...listens,
          ...http2(params),
          ...named(redirect_from, "redirect_from"),
          ...secured,
          ...(tls === undefined ? [] : renderHsts(tls)),
          ...shared,
          ...lines("redirect_from", `return 301 ${scheme}://${word(main)}$request_uri;`),
        ])),
    ...server([
      ...asDefault(listens, params.default_server),
      ...http2(params),
      ...named(server_names, "server_names"),
      ...secured,
      ...shared,
      ...renderInside(params),
    ]),
  ];
}

function server(inside: NginxText): NginxText {
  return [{ text: "" }, ...block("server", inside)];
}

function named(names: readonly string[], from: string): NginxText {
  return lines(from, directive("server_name", ...(names.length === 0 ? ["_"] : names)));
}

/** Whoever comes by a name that nobody has is sent away: of a port's servers the first is asked, and this one comes first. */
function closing(
  { name, tls, server_names = ["_"], default_server }: SiteParams,
  listens: NginxText,
  plain: NginxText,
): NginxText {
  if (default_server || server_names.includes("_") || server_names.length === 0) return [];
  const shut = (where: NginxText) =>
    server([...where, { text: `server_name ${word(`${name}.closed.invalid`)};` }, { text: "return 444;" }]);
  return [
    ...shut([...listens, ...(tls === undefined ? [] : [...renderProtocol(), { text: "ssl_reject_handshake on;" }])]),
    ...(plain.length === 0 ? [] : shut(plain)),
  ];
}

function toHttps(): NginxText {
  return block("location /", lines("tls.redirect", "return 301 https://$host$request_uri;"));
}

/** What every server of a site has. */
function sharedLines({ access_log }: SiteParams): NginxText {
  return [
    { text: "server_tokens off;" },
    // An idle connection is not closed at once by a reload: a request may be on its way already.
    { text: "keepalive_min_timeout 5s;", when: { since: "1.27.4" } },
    { text: "client_header_timeout 15s;" },
    { text: "client_body_timeout 30s;" },
    { text: "send_timeout 30s;" },
    ...(access_log === undefined ? [] : lines("access_log", directive("access_log", access_log))),
  ];
}

/** Of http itself: counters, and what an upgrade means. */
function renderHttp(params: SiteParams): NginxText {
  const site = nginxNameOf(params.name);
  const places = [params, ...params.locations];
  const isProxied = places.some(
    ({ app, upstream, proxy, websockets }) => (app ?? upstream ?? proxy) !== undefined && websockets !== false,
  );
  const map = (to: string, ...choices: readonly string[]) =>
    block(
      `map $http_upgrade $${site}_${to}`,
      choices.map((text) => ({ text })),
    );
  return [
    ...(isProxied
      ? [
          // Only WebSockets are let through: anything else would be a way around what nginx looks at.
          ...map("upgrade", 'default "";', "~*^websocket$ $http_upgrade;"),
          ...map("connection", "default close;", "~*^websocket$ upgrade;"),
          ...map("connection_kept", 'default "";', "~*^websocket$ upgrade;"),
        ]
      : []),
    ...places.flatMap((place, index) => renderZones(place, { zone: zoneOf(site, index), prefix: prefixOf(index) })),
  ];
}

function renderInside(params: SiteParams): NginxText {
  const headers = [
    ...(params.tls === undefined ? [] : renderHsts(params.tls)),
    ...headerLines({ ...hardened(params), ...params.headers }, "headers"),
  ];
  const site = nginxNameOf(params.name);
  const whereabouts = (index: number): Whereabouts => ({
    site,
    zone: zoneOf(site, index),
    prefix: prefixOf(index),
    headers,
  });
  const { root, index, raw, headers: _, limits, allow, ...rest } = params;
  const isRootTaken = params.locations.some(({ path, match }) => path === "/" && match === "prefix");
  const servesFiles = [params, ...params.locations].some(
    (place) => (place.root ?? ("alias" in place ? place.alias : undefined)) !== undefined,
  );
  return [
    ...renderPlace({ limits: { body: "10m", ...limits }, ...(allow && { allow }) }, whereabouts(0)),
    ...headers,
    ...(root === undefined ? [] : lines("root", directive("root", root))),
    ...(index === undefined ? [] : lines("index", directive("index", ...index))),
    ...(params.dotfiles || !servesFiles ? [] : block("location ~ /\\.(?!well-known/)", [{ text: "deny all;" }])),
    ...params.locations.flatMap((location, at) => renderLocation(location, whereabouts(at + 1))),
    ...(isRootTaken ? [] : block("location /", renderPlace(rest, whereabouts(0)))),
    ...(raw === undefined ? [] : linesOf(raw, "raw")),
    // Where `zero_downtime.maintenance` closes the site; the brackets make it a pattern, which may match nothing.
    { text: `include /etc/nginx/evenkeel/maintenance/${params.name}.[c]onf;` },
  ];
}

const signs = { prefix: "^~ ", exact: "= ", regex: "~ ", "regex-any-case": "~* " };

/** What is asked for by its dot is served, although dotfiles are not. */
function renderLocation(location: LocationParams, where: Whereabouts): NginxText {
  const sign = location.match === "prefix" && !/\/\.[^/]*\/?$/.test(location.path) ? "" : signs[location.match];
  return block(`location ${sign}${word(location.path)}`, renderPlace(location, where), `${where.prefix}path`);
}

/** Unless somebody has said otherwise, however they wrote it. */
function hardened({ headers = {} }: SiteParams): Readonly<Record<string, string>> {
  const isSaid = Object.keys(headers).some((name) => name.toLowerCase() === "x-content-type-options");
  return isSaid ? {} : { "X-Content-Type-Options": "nosniff" };
}

function zoneOf(site: string, index: number): string {
  return index === 0 ? site : `${site}_${index}`;
}

function prefixOf(index: number): string {
  return index === 0 ? "" : `locations[${index - 1}].`;
}
