import type { Secret } from "@evenkeel/core";
import { isUnsettled, MaybeSecret, Refused, StepError } from "@evenkeel/core";
import { checksumAlgorithms, download, file, followed, itself } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams, attributesOf } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { demandSense } from "./demand-sense.ts";
import { downloadVia, nameInAddress } from "./download-params.ts";
import { backupField, backupReturns, fileFields, fileReturns } from "./file-result.ts";
import { demandFolder, lookForPlace, placeOf } from "./place.ts";

export const getUrl = defineFileModule({
  name: "get_url",
  summary: "A file with what an address gives.",
  params: Type.Object(
    {
      url: Type.String({ description: "the address: http, https or ftp" }),
      dest: Type.String({ description: "the file, or the folder that it is put into under its name in the address" }),
      checksum: Type.String({
        default: "",
        description: "what it must add up to: sha256:SUM, or sha256:ADDRESS of a list",
      }),
      force: Type.Boolean({ default: false, aliases: ["thirsty"], description: "ask for it whatever is there" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      headers: Type.Optional(
        Type.Unsafe<Record<string, string | Secret>>({
          type: "object",
          mayBeSecret: true,
          description: "what is sent along",
        }),
      ),
      http_agent: Type.String({ default: "ansible-httpget", description: "who says to ask" }),
      url_username: Type.Optional(Type.String({ aliases: ["username"], description: "who asks" })),
      url_password: Type.Optional(MaybeSecret({ aliases: ["password"], description: "the password of who asks" })),
      force_basic_auth: Type.Boolean({ default: false, description: "say so at once; it always is" }),
      client_cert: Type.Optional(Type.String({ description: "a certificate of ours, on the host" })),
      client_key: Type.Optional(Type.String({ description: "its key, on the host" })),
      validate_certs: Type.Boolean({ default: true, description: "the server must prove who it is" }),
      use_proxy: Type.Boolean({ default: true, description: "through the proxy that the host's environment names" }),
      use_netrc: Type.Boolean({ default: true, description: "with what ~/.netrc on the host has for the server" }),
      decompress: Type.Boolean({ default: true, description: "what the server packs is unpacked" }),
      timeout: Type.Integer({ default: 10, description: "how many seconds a server has to be reached" }),
      tmp_dest: Refused("it grows beside its place, so that it can be renamed into it"),
      unredirected_headers: Refused("curl sends headers on to where it is redirected"),
      ciphers: Refused("which ciphers are used is the host's own setting"),
      use_gssapi: Refused("there is no Kerberos here"),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const { url, dest, checksum } = params;
    const algorithm = checksum.replace(/:.*$/s, "");
    demandSense(`get_url ${url}`, {
      "the address begins with http://, https:// or ftp://": !/^(https?|ftp):\/\//.test(url),
      [`checksum is one of ${checksumAlgorithms.join(", ")}, a colon, and a sum or an address`]:
        checksum !== "" && !(checksum.includes(":") && checksumAlgorithms.some((name) => name === algorithm)),
    });
    const via = downloadVia(params);
    const name = nameInAddress(url);
    const [outer, inner] = [cleanPath(dest), cleanPath(`${dest}/${name}`)];
    return { ...lookForPlace(dest, name), outside: download(outer, via), inside: download(inner, via) };
  },
  plan(answers, params) {
    const place = placeOf(answers, params.dest, nameInAddress(params.url));
    const target = itself(place);
    demandFolder(place);
    if (!isUnsettled(target.state) && target.state.type === "directory") {
      throw new StepError({ code: "file/is-folder", message: `${target.key} is a folder, and is to be a file` });
    }
    const actual = place.isInFolder ? answers.inside : answers.outside;
    const attributes = attributesOf(params);
    const path = isUnsettled(target.state) ? target.key : (target.state.path ?? target.key);
    const { mode, ...whose } = attributes;
    const octal = mode === undefined || /^[0-7]+$/.test(mode) ? mode : undefined;
    const how = { backup: params.backup, inPlace: params.unsafe_writes ?? false };
    const changes = download.ensure(actual, { via: downloadVia(params), path, mode: octal, ...whose, ...how });
    const isThere = !isUnsettled(target.state) && target.state.type !== "absent";
    return changes.length === 0 && isThere ? file.ensure(followed(place), attributes) : changes;
  },
  result({ before, after, changes, outputs }, params) {
    const place = placeOf(after, params.dest, nameInAddress(params.url));
    const target = itself(place);
    const isFetched = changes.some(({ kind }) => kind === download.name);
    const [status = "", sha1 = "", md5 = ""] = (isFetched ? (outputs.at(-1)?.stdout ?? "") : "")
      .split("\n")
      .map((line) => line.replace(/ .*$/, ""));
    const wasThere = !isUnsettled(before.current.state) && before.current.state.type !== "absent";
    return {
      ...{ url: params.url, dest: target.key, elapsed: elapsed(outputs), ...fileFields(target) },
      ...(isFetched
        ? { checksum_src: sha1, md5sum: md5, status_code: Number(status), msg: "OK" }
        : { msg: wasThere ? "file already exists" : "" }),
      ...backupField(changes, outputs),
    };
  },
  returns: Type.Object({
    url: Type.String({ description: "the address" }),
    dest: Type.String({ description: "the file" }),
    msg: Type.String({ description: "how it went" }),
    elapsed: Type.Integer({ description: "how many seconds it took" }),
    status_code: Type.Optional(Type.Integer({ description: "what the server said, when it was asked for" })),
    checksum_src: Type.Optional(Type.String({ description: "its SHA-1, when it was asked for" })),
    md5sum: Type.Optional(Type.String({ description: "its MD5, when it was asked for" })),
    ...fileReturns,
    ...backupReturns,
  }),
});

function elapsed(outputs: readonly { readonly startedAt: string; readonly endedAt: string }[]): number {
  const [first, last] = [outputs[0], outputs.at(-1)];
  return first && last ? Math.floor((Date.parse(last.endedAt) - Date.parse(first.startedAt)) / 1000) : 0;
}
