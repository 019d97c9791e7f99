import type { LocalFile } from "@evenkeel/core";
import { InputError, MaybeSecret, Refused } from "@evenkeel/core";
import { http, undone } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "../files/attribute-params.ts";
import { defineFileModule } from "../files/define-file-module.ts";
import { isThere, lookFor } from "../files/existence.ts";
import type { ResponseData } from "./request-data.ts";
import { requestOf, shownUrl } from "./request-of.ts";
import { uriResult, uriReturns } from "./uri-result.ts";

export const uri = defineFileModule({
  name: "uri",
  summary: "One HTTP request, as if the host made it. The host needs nothing for it.",
  params: Type.Object(
    {
      url: Type.String({ description: "http:// or https://" }),
      method: Type.String({ default: "GET", description: "GET, POST, …" }),
      body: Type.Optional(Type.Unsafe<unknown>({ mayBeSecret: true, description: "what is sent" })),
      body_format: Type.Enum(["raw", "json", "form-urlencoded", "form-multipart"], {
        default: "raw",
        description: "what is made of `body`",
      }),
      src: Type.Optional(
        Type.Unsafe<LocalFile | string>({
          ...{ type: "string", local: "file", unless: "remote_src" },
          description: "a file that is sent",
        }),
      ),
      remote_src: Type.Boolean({ default: false, description: "`src` is on the host" }),
      headers: Type.Record(Type.String(), MaybeSecret({ description: "a header's value" }), {
        default: {},
        description: "headers",
      }),
      status_code: Type.Array(Type.Integer(), { default: [200], split: true, description: "what means success" }),
      return_content: Type.Boolean({ default: false, description: "the body is in the result" }),
      dest: Type.Optional(Type.String({ description: "where on the host the answer is kept: a file, or a folder" })),
      force: Type.Boolean({ default: false, description: "not only if it is newer than `dest`" }),
      creates: Type.Optional(Type.String({ description: "where this is there, nothing is sent" })),
      removes: Type.Optional(Type.String({ description: "where this is not there, nothing is sent" })),
      follow_redirects: Type.Enum(["safe", "all", "none", "urllib2", "yes", "no"], {
        default: "safe",
        description: "safe: only of GET and HEAD",
      }),
      unredirected_headers: Type.Array(Type.String(), {
        ...{ default: [], split: true },
        description: "headers that no redirected request carries",
      }),
      url_username: Type.Optional(Type.String({ aliases: ["user"], description: "who asks" })),
      url_password: Type.Optional(MaybeSecret({ ...{ aliases: ["password"] }, description: "and proves it" })),
      force_basic_auth: Type.Boolean({ default: false, description: "the password goes with the first request" }),
      use_netrc: Type.Boolean({ default: true, description: "else it is looked for in the host's ~/.netrc" }),
      timeout: Type.Integer({ default: 30, description: "how many seconds a request may take" }),
      validate_certs: Type.Boolean({ default: true, description: "whom the host does not trust is not talked to" }),
      ca_path: Type.Optional(Type.String({ description: "a file on the host with whom to trust instead" })),
      client_cert: Type.Optional(Type.String({ description: "a file on the host with our certificate" })),
      client_key: Type.Optional(Type.String({ description: "a file on the host with its key" })),
      ciphers: Type.Optional(
        Type.Array(Type.String(), { split: true, description: "which ciphers, as OpenSSL calls them" }),
      ),
      unix_socket: Type.Optional(Type.String({ description: "a socket on the host to talk to" })),
      http_agent: Type.String({ default: "ansible-httpget", description: "what we call ourselves" }),
      decompress: Type.Boolean({ default: true, description: "an answer that is gzipped is unpacked" }),
      use_proxy: Type.Boolean({ default: true, description: "without effect: no proxy is asked" }),
      use_gssapi: Refused("Kerberos would need the host's tickets"),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe: ({ creates, removes }) => ({ creates: lookFor(creates), removes: lookFor(removes) }),
  plan({ creates, removes }, params) {
    if (params.body !== undefined && params.src !== undefined) {
      throw new InputError({ code: "uri/both", message: "uri sends either `body` or `src`, not both" });
    }
    if (isThere(creates) || isThere(removes) === false) return [];
    const data = requestOf(params);
    const isLook = ["GET", "HEAD", "OPTIONS"].includes(data.method) && params.dest === undefined;
    return http.ensure(undone("http", `${data.method} ${shownUrl(params.url)}`), {
      action: isLook ? "check" : "run",
      steps: [{ do: "system.uri", data }],
      shows: { expects: params.status_code.join(", "), ...(params.dest !== undefined && { "kept in": params.dest }) },
      ...(params.dest !== undefined && { touches: [params.dest] }),
    });
  },
  result({ before, changes, outputs: [output] }, params) {
    if (changes.length === 0) {
      const because = isThere(before.creates) ? `'${params.creates}' exists` : `'${params.removes}' does not exist`;
      return { changed: false, stdout: `skipped, since ${because}` };
    }
    return output === undefined ? {} : uriResult(output.data as ResponseData, params);
  },
  returns: uriReturns,
});
