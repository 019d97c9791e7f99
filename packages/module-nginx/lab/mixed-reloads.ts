import { backends, behind, shop } from "./load.ts";
import type { WebHost } from "./web-host.ts";

/** Plays of one run, each with a reload at its end: fewer logins, and reloads that come faster than people make them. */
const PLAYS = 10;

/** Changes a site again and again: sites come and go, headers, upstreams and certificates change. How often nginx was reloaded. */
export async function reloadMixed(web: WebHost, count: number): Promise<number> {
  const before = await web.reloads();
  for (let at = 1; at <= count; at += PLAYS) {
    const plays = Array.from({ length: Math.min(PLAYS, count - at + 1) }, (_, index) => changes(at + index));
    const { status, output } = await web.applyPlays(plays);
    if (status !== 0) throw new Error(output);
  }
  return (await web.reloads()) - before;
}

function changes(at: number): readonly object[] {
  const state = at % 2 === 0 ? "absent" : "present";
  const guest = { "nginx.site": { name: "guest", server_names: ["guest.example"], status: 200, state } };
  const site = shop(at)["nginx.site"];
  // Its names are in its certificate: with them comes another one.
  const renamed = { "nginx.site": { ...site, server_names: [...site.server_names, `r${at}.example`] } };
  return [backends(1 + (at % 3)), behind, at % 4 === 0 ? renamed : { "nginx.site": site }, guest];
}
