import { InputError } from "@evenkeel/core";
import type { LocationParams, Place, SiteParams } from "./site-params.ts";

const answers = ["app", "upstream", "proxy", "redirect", "status"] as const;

/** What a schema cannot say: which parameters go together. */
export function checkSite(params: SiteParams): void {
  const { name, state, tls, redirect_from = [], server_names = [], default_server } = params;
  if (state === "absent") return;
  const isServing = isAnswering(params) || params.locations.length > 0 || params.raw !== undefined;
  if (!isServing)
    throw wrong(name, "has nothing to serve", "give it root, app, upstream, proxy, redirect, status or locations");
  if (server_names.length === 0 && !default_server)
    throw wrong(name, "has no server_names", "give it a name, or default_server: true to answer to any");
  if (redirect_from.length > 0 && server_names[0] === "_")
    throw wrong(name, "has no main name to send visitors of redirect_from to", "name it first in server_names");
  checkPlace(name, "", params);
  for (const [index, location] of params.locations.entries()) checkLocation(name, index, location);
  if (tls) checkTls(name, tls);
}

function checkLocation(site: string, index: number, location: LocationParams): void {
  const where = `locations[${index}]`;
  const { path, match, alias, root } = location;
  if (/^regex/.test(match) ? false : !path.startsWith("/") && !path.startsWith("@"))
    throw wrong(site, `${where}.path does not begin with /: ${JSON.stringify(path)}`, "or is match: regex meant?");
  if (alias !== undefined && root !== undefined) throw wrong(site, `${where} has both root and alias`, "one of them");
  if (alias !== undefined && path.endsWith("/") !== alias.endsWith("/"))
    throw wrong(
      site,
      `${where}: path and alias must both end with /, or neither`,
      "else files beside the folder can be read",
    );
  checkPlace(site, `${where}.`, location);
}

function checkPlace(site: string, prefix: string, place: Place): void {
  const given = answers.filter((each) => place[each] !== undefined);
  if (given.length > 1)
    throw wrong(
      site,
      `${given.map((each) => prefix + each).join(" and ")} both answer the same requests`,
      "one of them",
    );
  if (given.length > 0 && place.fallback !== undefined)
    throw wrong(site, `${prefix}fallback is for files, and ${prefix}${given[0]} answers`, "leave out one of them");
}

function isAnswering(place: Place): boolean {
  return [...answers, "root" as const].some((each) => place[each] !== undefined);
}

function checkTls(site: string, tls: NonNullable<SiteParams["tls"]>): void {
  const { certificate, key, certificate_file, key_file, self_signed } = tls;
  const ways = [certificate ?? key, certificate_file ?? key_file, self_signed || undefined].filter(
    (way) => way !== undefined,
  );
  const hint = "certificate and key, or certificate_file and key_file, or self_signed: true";
  if (ways.length !== 1)
    throw wrong(site, ways.length === 0 ? "tls has no certificate" : "tls has more than one certificate", hint);
  if (
    (certificate === undefined) !== (key === undefined) ||
    (certificate_file === undefined) !== (key_file === undefined)
  )
    throw wrong(site, "tls needs a certificate and its key", hint);
}

function wrong(site: string, what: string, hint: string): InputError {
  return new InputError({ code: "nginx/params", message: `nginx.site ${site}: ${what}`, hint });
}
