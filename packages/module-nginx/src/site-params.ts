import { MaybeSecret } from "@evenkeel/core";
import type { Static } from "typebox";
import { Type } from "typebox";
import { patterns } from "./patterns.ts";
import { locationParams, placeParams } from "./place-params.ts";

const name = Type.String({
  pattern: patterns.serverName,
  description: "a name: `shop.example`, `*.shop.example`; of other scripts as `xn--…`",
});
const Names = (description: string) => Type.Optional(Type.Array(name, { description, split: true }));

const tls = Type.Object(
  {
    certificate: Type.Optional(
      MaybeSecret({ description: "PEM: the certificate, and those between it and a known one" }),
    ),
    key: Type.Optional(MaybeSecret({ description: "PEM: its key; needed with `certificate`" })),
    certificate_file: Type.Optional(
      Type.String({ pattern: patterns.path, description: "the same, where it is a file on the host already" }),
    ),
    key_file: Type.Optional(Type.String({ pattern: patterns.path, description: "the key's file on the host" })),
    self_signed: Type.Boolean({
      default: false,
      description: "a certificate that the host makes for itself, which visitors are warned of",
    }),
    redirect: Type.Boolean({
      default: true,
      description: "visitors of port 80 are sent to https, where that is port 443",
    }),
    hsts: Type.Union([Type.Boolean(), Type.Integer({ minimum: 0 })], {
      default: true,
      description: "browsers come by https only from now on, for two years or so many seconds; not if self-signed",
    }),
  },
  {
    additionalProperties: false,
    description: "https, as Mozilla's intermediate guideline has it: with a certificate, or `self_signed: true`",
  },
);

export const siteParams = Type.Object(
  {
    name: Type.String({ pattern: patterns.name, description: "of its file: conf.d/NAME.conf" }),
    state: Type.Enum(["present", "absent"], { type: "string", default: "present", description: "whether it is there" }),
    server_names: Names("what it is called by visitors, the main name first; `_` for whatever nobody else answers to"),
    listen: Type.Optional(
      Type.Array(Type.String({ pattern: patterns.listen, description: "`8080`, `127.0.0.1:8080`, `[::1]:8080`" }), {
        description:
          "ports, or addresses with ports; a port alone is IPv4 and IPv6. 80 when not given, with TLS 443; port 80 never speaks TLS",
        split: true,
      }),
    ),
    default_server: Type.Boolean({ default: false, description: "it also answers to names that nobody else has" }),
    tls: Type.Optional(tls),
    http2: Type.Boolean({ default: true, description: "HTTP/2, where there is TLS" }),
    redirect_from: Names("other names, whose visitors are sent to the main name"),
    ...placeParams,
    locations: Type.Array(locationParams, { default: [], description: "parts of it that are served in another way" }),
    dotfiles: Type.Boolean({ default: false, description: "serve files whose names begin with a dot, too" }),
    access_log: Type.Optional(
      Type.String({
        pattern: "^(off|/[^\\s;{}\"'\\\\$#]*)$",
        description: "a file on the host, or `off`; left out: nginx's own",
      }),
    ),
  },
  { additionalProperties: false },
);

export type SiteParams = Static<typeof siteParams>;
export type LocationParams = SiteParams["locations"][number];
/** What a site and a location have in common. */
export type Place = Pick<SiteParams, keyof typeof placeParams>;
export type TlsParams = NonNullable<SiteParams["tls"]>;
