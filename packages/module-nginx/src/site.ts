import { hash } from "node:crypto";
import { defineModule, Secret } from "@evenkeel/core";
import { nginxFile, softwarePackage } from "@evenkeel/kinds";
import { checkSite } from "./check-site.ts";
import { abilitiesOf, observeNginx, planNginx } from "./needs.ts";
import { renderSite } from "./render-site.ts";
import { pemFile, selfSignedFile } from "./render-tls.ts";
import type { SiteParams } from "./site-params.ts";
import { siteParams } from "./site-params.ts";

/** A web site of nginx's. */
export const site = defineModule({
  name: "nginx.site",
  summary: "A web site of nginx's: static files, an application behind it, TLS, redirects, limits.",
  params: siteParams,
  observe(params) {
    checkSite(params);
    return {
      ...observeNginx(),
      current: nginxFile(`/etc/nginx/conf.d/${params.name}.conf`),
      // The key is in it: only its sum is looked at.
      pem: nginxFile(pemPathOf(params), "sums"),
      openssl: params.tls?.self_signed ? [softwarePackage("openssl")] : [],
    };
  },
  plan({ current, pem, openssl, ...answers }, params) {
    const pemPath = pemPathOf(params);
    const absent = { type: "absent" } as const;
    if (params.state === "absent") return [...nginxFile.ensure(current, absent), ...nginxFile.ensure(pem, absent)];
    const { server_names = [], redirect_from = [] } = params;
    const content = renderSite(params, pemPath);
    const names = [...server_names, ...redirect_from];
    return [
      ...planNginx(answers),
      ...openssl.flatMap((each) => softwarePackage.ensure(each, { state: "installed" })),
      ...planPem(params).flatMap((desired) => nginxFile.ensure(pem, desired)),
      ...nginxFile.ensure(current, { type: "file", content, mode: "0644", host: abilitiesOf(answers), names }),
    ];
  },
});

function pemPathOf({ name, tls, server_names = [], redirect_from = [] }: SiteParams): string {
  if (!tls?.self_signed) return pemFile(name);
  return selfSignedFile(name, hash("sha256", JSON.stringify([server_names, redirect_from])).slice(0, 8));
}

/** Certificate and key in one file: so that they can only change together. */
function planPem({ tls, server_names = [], redirect_from = [] }: SiteParams) {
  if (tls?.self_signed) {
    const names = [...server_names, ...redirect_from].filter((name) => name !== "_");
    return [{ type: "self-signed", names: names.length === 0 ? ["localhost"] : names } as const];
  }
  if (tls?.certificate === undefined || tls.key === undefined) return [];
  const [certificate, key] = [tls.certificate, tls.key].map((part) =>
    (part instanceof Secret ? part.reveal() : part).trim(),
  );
  return [{ type: "file", content: new Secret(`${certificate}\n${key}\n`), mode: "0600" } as const];
}
