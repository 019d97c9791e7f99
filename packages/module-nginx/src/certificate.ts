import type { Answers, Change } from "@evenkeel/core";
import { isUnsettled, Secret } from "@evenkeel/core";
import { nginxFile, softwarePackage } from "@evenkeel/kinds";
import type { SiteParams } from "./site-params.ts";

const absent = { type: "absent" } as const;
const mode = "0600";

/** Where a site's own certificate and key lie together, so that they change together; what it was given, or the host has made. */
export function pemFile(name: string, isSelfSigned = false): string {
  return `/etc/nginx/evenkeel/${name}.${isSelfSigned ? "self-signed." : ""}pem`;
}

/** Certificates that a site has, or had: of those with a key in it, only the sum is looked at. */
export function observeCertificate({ name, tls }: SiteParams) {
  const made = pemFile(name, true);
  return {
    given: nginxFile(pemFile(name), "sums"),
    made: nginxFile(made, "sums"),
    madeFor: nginxFile(made.replace(/pem$/, "names")),
    openssl: tls?.self_signed ? [softwarePackage("openssl")] : [],
  };
}

type CertificateAnswers = Answers<ReturnType<typeof observeCertificate>>;

/** What the site needs before it is there, and what it needs no more when it is. */
export function planCertificate(answers: CertificateAnswers, { tls, ...site }: SiteParams) {
  const { given, made, madeFor, openssl } = answers;
  const [noneGiven, noneMade] = [nginxFile.ensure(given, absent), [made, madeFor].flatMap(isGone)];
  if (site.state === "absent" || tls === undefined) return { before: [], after: [...noneGiven, ...noneMade] };
  if (tls.self_signed) {
    const packages = openssl.flatMap((each) => softwarePackage.ensure(each, { state: "installed" }));
    return { before: [...packages, ...planMade(made, madeFor, site)], after: noneGiven };
  }
  if (tls.certificate === undefined || tls.key === undefined) return { before: [], after: [...noneGiven, ...noneMade] };
  const parts = [tls.certificate, tls.key].map((part) => (part instanceof Secret ? part.reveal() : part).trim());
  const content = new Secret(`${parts.join("\n")}\n`);
  return { before: nginxFile.ensure(given, { type: "file", content, mode }), after: noneMade };
}

function isGone(answer: CertificateAnswers["made"]): readonly Change[] {
  return nginxFile.ensure(answer, absent);
}

/** For other names there is another one; which it was made for is written beside it. */
function planMade(
  made: CertificateAnswers["made"],
  madeFor: CertificateAnswers["madeFor"],
  { server_names = [], redirect_from = [] }: Omit<SiteParams, "tls">,
): readonly Change[] {
  const own = [...server_names, ...redirect_from].filter((name) => name !== "_");
  const names = own.length === 0 ? ["localhost"] : own;
  const content = names.map((text) => ({ text }));
  const others = nginxFile.ensure(madeFor, { type: "file", content, mode: "0644" });
  const isOld = others.length > 0 && !isUnsettled(made.state) && made.state.type !== "absent";
  return [...nginxFile.ensure(made, { type: "self-signed", names, ...(isOld && { isRenewed: true }) }), ...others];
}
