import type { Change, Observed } from "@evenkeel/core";
import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import type { FileState, NginxText } from "@evenkeel/kinds";
import { nginxFile, nginxNameOf, reloadChange } from "@evenkeel/kinds";
import { Type } from "typebox";

const params = Type.Object(
  {
    site: Type.String({
      pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$",
      description: "which one: the name of its nginx.site",
    }),
    state: Type.Enum(["on", "off"], { default: "on", description: "whether visitors see the page" }),
    page: Type.Optional(Type.String({ description: "the page's HTML; a plain one when not given" })),
    retry_after: Type.Integer({ minimum: 1, default: 300, description: "seconds after which visitors may come again" }),
    allow: Type.Array(Type.String({ pattern: "^[0-9A-Fa-f.:]+(/\\d{1,3})?$" }), {
      default: [],
      description: "addresses and networks for whom all is as always",
    }),
    allow_paths: Type.Array(
      Type.String({ pattern: "^/[^\\s;{}\"'\\\\$#]*$", description: "a path, such as `/health`" }),
      {
        default: [],
        description: "paths that are answered as always: so that a balancer's health check does not take the host away",
      },
    ),
  },
  { additionalProperties: false },
);

const folder = "/etc/nginx/evenkeel/maintenance";

/** A page instead of a site, for a while. */
export const maintenance = defineModule({
  name: "zero_downtime.maintenance",
  summary: "Shows visitors of a site a page (503, come back later) instead of it, or no longer; no request is lost.",
  params,
  observe: ({ site }) => ({
    current: nginxFile(`/etc/nginx/conf.d/${site}.conf`),
    page: nginxFile(`${folder}/${site}.html`),
    who: nginxFile(`/etc/nginx/conf.d/00-maintenance-${site}.conf`),
    hook: nginxFile(`${folder}/${site}.conf`),
  }),
  plan({ current, page, who, hook }, { site, state, retry_after: seconds, allow, allow_paths: paths, ...given }) {
    const absent = { type: "absent", isReloadedHere: true } as const;
    // The page is shown until the reload, and goes after it.
    if (state === "off")
      return [
        ...reloaded([hook, who].flatMap((each) => nginxFile.ensure(each, absent))),
        ...nginxFile.ensure(page, absent),
      ];
    demandSite(current, site);
    const put = (content: NginxText) => ({ type: "file", content, mode: "0644", isReloadedHere: true }) as const;
    // Each is right by itself with those before it; what closes the site comes last, and opens it first.
    return reloaded([
      ...nginxFile.ensure(page, put(plain((given.page ?? defaultPage).split("\n")))),
      ...nginxFile.ensure(who, put(plain(whoIsSentAway(site, allow, paths)))),
      ...nginxFile.ensure(hook, put(plain(closed(site, seconds)))),
    ]);
  },
});

/** At once: what comes after this task counts on it. */
function reloaded(changes: readonly Change<FileState>[]): readonly Change[] {
  return changes.length === 0 ? [] : [...changes, reloadChange({ service: "nginx" })];
}

/** A site that does not look whether it is closed would go on as always. */
function demandSite({ key, state }: Observed<FileState>, site: string): void {
  const text = isUnsettled(state) ? undefined : state.type === "file" ? state.text : "";
  if (text === undefined || String(text).includes(`${folder}/${site}.[c]onf`)) return;
  throw new StepError({
    code: "zero_downtime/no-site",
    message: `${key} is no site that can be closed`,
    hint: `make it with nginx.site, or add to its server: include ${folder}/${site}.[c]onf;`,
  });
}

const defaultPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Back soon</title>
<h1>Back soon</h1>
<p>We are working on this site. Please come back in a few minutes.</p>
</html>`;

/** Asked again for the page itself, nginx must not send it away, too. */
function whoIsSentAway(site: string, allow: readonly string[], paths: readonly string[]): readonly string[] {
  const name = `maintenance_${nginxNameOf(site)}`;
  return [
    `# Written by Evenkeel: zero_downtime.maintenance ${site}.`,
    `geo $${name}_visitor {`,
    "    default 1;",
    ...allow.map((network) => `    ${network} 0;`),
    "}",
    `map "$${name}_visitor $uri" $${name}_closed {`,
    "    volatile;",
    "    default 0;",
    ...[pageOf(site), ...paths].map((path) => `    "1 ${path}" 0;`),
    '    "~^1 " 1;',
    "}",
  ];
}

function closed(site: string, seconds: number): readonly string[] {
  return [
    `# Written by Evenkeel: zero_downtime.maintenance ${site}.`,
    `if ($maintenance_${nginxNameOf(site)}_closed) {`,
    "    return 503;",
    "}",
    `error_page 503 ${pageOf(site)};`,
    `location = ${pageOf(site)} {`,
    "    internal;",
    `    alias ${folder}/${site}.html;`,
    "    default_type text/html;",
    `    add_header Retry-After ${seconds} always;`,
    "    add_header Cache-Control no-store always;",
    "}",
  ];
}

function pageOf(site: string): string {
  return `/evenkeel-maintenance-${site}.html`;
}

function plain(texts: readonly string[]): NginxText {
  return texts.map((text) => ({ text }));
}
