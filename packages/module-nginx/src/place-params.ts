import { Type } from "typebox";
import { patterns } from "./patterns.ts";

const text = (pattern: keyof typeof patterns, description: string) =>
  Type.Optional(Type.String({ pattern: patterns[pattern], description }));

const value = "one line; `$request_id` and nginx's other variables may be used";

/** What answers requests: of a whole site, or of one of its locations. */
export const placeParams = {
  root: text("path", "the folder on the host whose files are served"),
  index: Type.Optional(
    Type.Array(Type.String({ pattern: patterns.fileName, description: "a file's name" }), {
      description: "what a folder shows, the first that is there",
    }),
  ),
  fallback: text("path", "what is served where there is no such file: `/index.html` for single-page applications"),
  app: text("name", "an application of `app.deploy`, by its name"),
  upstream: text("name", "a group of `nginx.upstream`, by its name"),
  proxy: text("proxy", "where requests are passed to: `127.0.0.1:8080`, `https://10.0.0.5`, `unix:/run/shop.sock`"),
  redirect: Type.Optional(
    Type.String({
      pattern: "^(https?://|/)[^\\s;{}\"'\\\\]*$",
      description: "where to send visitors instead; `$request_uri` and nginx's other variables may be used",
    }),
  ),
  redirect_status: Type.Optional(Type.Enum([301, 302, 303, 307, 308], { description: "how; 301 when not given" })),
  status: Type.Optional(
    Type.Integer({ minimum: 200, maximum: 599, description: "answer with this status and nothing else; 444 closes" }),
  ),
  cache: text("cache", "how long browsers may keep it: `1y immutable`, `10m`, or `none`"),
  headers: Type.Optional(
    Type.Record(
      Type.String({ pattern: patterns.header }),
      Type.String({ pattern: patterns.noControl, description: value }),
      {
        additionalProperties: false,
        description: "headers added to every answer, errors included; a location has the site's as well",
      },
    ),
  ),
  websockets: Type.Optional(Type.Boolean({ description: "pass WebSockets on to what is proxied; yes when not given" })),
  timeouts: Type.Optional(
    Type.Object(
      {
        connect: text("time", "to reach what is proxied; 5s when not given"),
        read: text("time", "between two pieces of its answer, and of a WebSocket; 60s when not given"),
        send: text("time", "between two pieces of what is sent to it; 60s when not given"),
      },
      { additionalProperties: false, description: "how long what is proxied may take" },
    ),
  ),
  limits: Type.Optional(
    Type.Object(
      {
        body: text("size", "of a request's body; 10m when not given, any with 0"),
        rate: text("rate", "requests of one address: `10r/s`, `30r/m`"),
        burst: Type.Optional(Type.Integer({ minimum: 0, description: "how many more at once; 20 when not given" })),
        connections: Type.Optional(Type.Integer({ minimum: 1, description: "of one address at once" })),
      },
      { additionalProperties: false, description: "what one visitor may use; more is answered with 413 and 429" },
    ),
  ),
  allow: Type.Optional(
    Type.Array(Type.String({ pattern: patterns.network, description: "`203.0.113.7`, `10.0.0.0/8`" }), {
      description: "addresses and networks that are let in, and nobody else",
    }),
  ),
  raw: Type.Optional(
    Type.String({ description: "lines of nginx's own, put in as they are; nginx's complaints are told at their line" }),
  ),
};

export const locationParams = Type.Object(
  {
    path: Type.String({ pattern: patterns.noControl, minLength: 1, description: "which requests" }),
    match: Type.Enum(["prefix", "exact", "regex", "regex-any-case"], {
      type: "string",
      default: "prefix",
      description: "how the path is meant, as nginx has it: the longest prefix, unless a regex fits",
    }),
    alias: text("path", "the folder that stands for this path: `/static/x` is `x` in it"),
    ...placeParams,
  },
  { additionalProperties: false },
);
