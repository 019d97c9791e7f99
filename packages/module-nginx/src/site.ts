import { defineModule } from "@evenkeel/core";
import { nginxFile } from "@evenkeel/kinds";
import { observeCertificate, planCertificate } from "./certificate.ts";
import { checkSite } from "./check-site.ts";
import { abilitiesOf, observeNginx, planNginx } from "./needs.ts";
import { renderSite } from "./render-site.ts";
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
      ...observeCertificate(params),
      current: nginxFile(`/etc/nginx/conf.d/${params.name}.conf`),
    };
  },
  plan({ current, given, made, madeFor, openssl, ...answers }, params) {
    const certificate = planCertificate({ given, made, madeFor, openssl }, params);
    if (params.state === "absent") return [...nginxFile.ensure(current, { type: "absent" }), ...certificate.after];
    const { server_names = [], redirect_from = [] } = params;
    const names = [...server_names, ...redirect_from];
    const host = abilitiesOf(answers);
    return [
      ...planNginx(answers),
      ...certificate.before,
      ...nginxFile.ensure(current, { type: "file", content: renderSite(params), mode: "0644", host, names }),
      ...certificate.after,
    ];
  },
});
