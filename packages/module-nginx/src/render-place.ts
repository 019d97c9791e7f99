import type { NginxLine, NginxText } from "@evenkeel/kinds";
import { linesOf } from "@evenkeel/kinds";
import type { LocationParams, Place } from "./site-params.ts";
import { directive, lines } from "./words.ts";

/** Where a place is in its site: what its names are made of, and how people find it in the playbook. */
export interface Whereabouts {
  /** The site's name as a part of nginx's own names. */
  readonly site: string;
  /** Of the place's own limits. */
  readonly zone: string;
  /** Before its parameters' names: `locations[1].`. */
  readonly prefix: string;
  /** Headers of the site: nginx forgets them wherever a location has some of its own. */
  readonly headers: readonly NginxLine[];
}

/** The lines that answer requests, for the inside of a location. */
export function renderPlace(place: Place & Partial<LocationParams>, where: Whereabouts): NginxText {
  const at = (name: string) => `${where.prefix}${name}`;
  return [
    ...(place.allow ?? []).map((network) => ({ text: directive("allow", network), from: at("allow") })),
    ...(place.allow ? lines(at("allow"), "deny all;") : []),
    ...renderLimits(place, where),
    ...renderHeaders(place, where),
    ...renderAnswer(place, where),
    ...(place.raw === undefined ? [] : linesOf(place.raw, at("raw"))),
  ];
}

function renderAnswer(place: Place & Partial<LocationParams>, where: Whereabouts): NginxText {
  const at = (name: string) => `${where.prefix}${name}`;
  if (place.redirect !== undefined)
    return lines(at("redirect"), directive("return", place.redirect_status ?? 301, place.redirect));
  if (place.status !== undefined) return lines(at("status"), directive("return", place.status));
  const target = targetOf(place);
  if (target !== undefined) return renderProxy(place, target, where);
  return [
    ...(place.root === undefined ? [] : lines(at("root"), directive("root", place.root))),
    ...(place.alias === undefined ? [] : lines(at("alias"), directive("alias", place.alias))),
    ...(place.index === undefined ? [] : lines(at("index"), directive("index", ...place.index))),
    ...(place.fallback === undefined
      ? []
      : lines(at("fallback"), directive("try_files", "$uri", "$uri/", place.fallback))),
  ];
}

interface Target {
  readonly from: string;
  readonly address: string;
  readonly isGroup?: boolean;
}

/** An application is served at a link that each release moves: so each request goes there anew. */
function targetOf({ app, upstream, proxy }: Place): Target | undefined {
  if (app !== undefined) return { from: "app", address: `http://unix:/run/evenkeel/apps/${app}.sock` };
  if (upstream !== undefined) return { from: "upstream", address: `http://${upstream}`, isGroup: true };
  if (proxy === undefined) return undefined;
  return { from: "proxy", address: /^https?:/.test(proxy) ? proxy : `http://${proxy}` };
}

function renderProxy(place: Place, { from, address, isGroup }: Target, { site, prefix }: Whereabouts): NginxText {
  const { connect = "5s", read = "60s", send = "60s" } = place.timeouts ?? {};
  const upgrade = place.websockets === false ? [] : [`proxy_set_header Upgrade $${site}_upgrade;`];
  // Without an upgrade a group's connections stay open for the next request, and all others end with theirs.
  const connection =
    place.websockets === false ? (isGroup ? '""' : "close") : `$${site}_connection${isGroup ? "_kept" : ""}`;
  return [
    ...lines(`${prefix}${from}`, directive("proxy_pass", address)),
    ...[
      "proxy_http_version 1.1;",
      "proxy_set_header Host $host;",
      "proxy_set_header X-Real-IP $remote_addr;",
      "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
      "proxy_set_header X-Forwarded-Proto $scheme;",
      "proxy_set_header X-Forwarded-Host $host;",
      "proxy_set_header X-Forwarded-Port $server_port;",
      'proxy_set_header Proxy "";',
      ...upgrade,
      `proxy_set_header Connection ${connection};`,
      "proxy_next_upstream error timeout;",
      "proxy_next_upstream_tries 3;",
      "proxy_next_upstream_timeout 10s;",
      "proxy_redirect default;",
      ...(address.startsWith("https:") ? ["proxy_ssl_server_name on;"] : []),
    ].map((text) => ({ text, from: `${prefix}${from}` })),
    ...lines(
      `${prefix}timeouts`,
      directive("proxy_connect_timeout", connect),
      directive("proxy_read_timeout", read),
      directive("proxy_send_timeout", send),
    ),
  ];
}

function renderLimits({ limits }: Place, { zone, prefix }: Whereabouts): NginxText {
  if (limits === undefined) return [];
  const { body, rate, burst = 20, connections } = limits;
  return [
    ...(body === undefined ? [] : lines(`${prefix}limits.body`, directive("client_max_body_size", body))),
    ...(rate === undefined
      ? []
      : lines(
          `${prefix}limits.rate`,
          `limit_req zone=${zone}_requests burst=${burst} nodelay;`,
          "limit_req_status 429;",
        )),
    ...(connections === undefined
      ? []
      : lines(
          `${prefix}limits.connections`,
          `limit_conn ${zone}_connections ${connections};`,
          "limit_conn_status 429;",
        )),
  ];
}

/** What a place's limits need outside of any server. */
export function renderZones({ limits }: Place, { zone, prefix }: Pick<Whereabouts, "zone" | "prefix">): NginxText {
  return [
    ...(limits?.rate === undefined
      ? []
      : lines(
          `${prefix}limits.rate`,
          `limit_req_zone $binary_remote_addr zone=${zone}_requests:10m rate=${limits.rate};`,
        )),
    ...(limits?.connections === undefined
      ? []
      : lines(`${prefix}limits.connections`, `limit_conn_zone $binary_remote_addr zone=${zone}_connections:10m;`)),
  ];
}

function renderHeaders({ headers = {}, cache }: Place, where: Whereabouts): NginxText {
  const own = headerLines(headers, `${where.prefix}headers`);
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const ofSite = where.headers.filter(({ text }) => !names.has((text.split(" ")[1] ?? "").toLowerCase()));
  if (cache === undefined) return own.length === 0 ? [] : [...ofSite, ...own];
  return [
    ...ofSite,
    ...own,
    ...lines(`${where.prefix}cache`, directive("add_header", "Cache-Control", cacheControl(cache))),
  ];
}

export function headerLines(headers: Readonly<Record<string, string>>, from: string): NginxText {
  return Object.entries(headers).flatMap(([name, value]) =>
    lines(from, `${directive("add_header", name, value).slice(0, -1)} always;`),
  );
}

const seconds: Readonly<Record<string, number>> = {
  ...{ s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 },
};

function cacheControl(cache: string): string {
  if (cache === "none") return "no-store";
  const [, count, unit = "s", immutable = ""] = /^(\d+)([smhdwMy])( immutable)?$/.exec(cache) ?? [];
  return `public, max-age=${Number(count) * (seconds[unit] ?? 1)}${immutable === "" ? "" : ", immutable"}`;
}
