import type { NginxLine, NginxText } from "@evenkeel/kinds";
import type { TlsParams } from "./site-params.ts";
import { directive, lines } from "./words.ts";

/** Which certificate a server shows. */
export function renderCertificate(tls: TlsParams, pem: string): NginxText {
  const { certificate_file: certificate = pem, key_file: key = pem } = tls;
  const isFile = tls.certificate_file !== undefined;
  return [
    ...lines(isFile ? "tls.certificate_file" : "tls.certificate", directive("ssl_certificate", certificate)),
    ...lines(isFile ? "tls.key_file" : "tls.key", directive("ssl_certificate_key", key)),
  ];
}

/**
 * Mozilla's intermediate guideline, version 6.0, as far as the host's OpenSSL knows its words. OpenSSL takes most of it from a
 * port's first server, before it knows which one is meant: so each server has it.
 */
export function renderProtocol(): NginxText {
  const curves = (names: string, when: NginxLine["when"] = {}): NginxLine => ({
    text: `ssl_ecdh_curve ${names};`,
    from: "tls",
    when,
  });
  return [
    ...lines("tls", "ssl_protocols TLSv1.2 TLSv1.3;"),
    curves("X25519MLKEM768:X25519:prime256v1:secp384r1", { opensslSince: "3.5" }),
    curves("X25519:prime256v1:secp384r1", { opensslBefore: "3.5" }),
    ...lines(
      "tls",
      `ssl_ciphers ${CIPHERS.join(":")};`,
      "ssl_prefer_server_ciphers off;",
      "ssl_session_timeout 1d;",
      "ssl_session_cache shared:evenkeel_tls:10m;",
      "ssl_session_tickets off;",
    ),
  ];
}

const CIPHERS = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
];

const TWO_YEARS = 63_072_000;

/** Nobody is to be kept from coming back by a certificate that is not for good. */
export function renderHsts({ hsts, self_signed }: TlsParams): NginxText {
  const age = hsts === true ? TWO_YEARS : hsts === false ? 0 : hsts;
  if (age === 0 || (self_signed && hsts === true)) return [];
  return lines("tls.hsts", `add_header Strict-Transport-Security "max-age=${age}" always;`);
}
