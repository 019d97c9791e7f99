import type { ProbeReport } from "@evenkeel/lab";
import { startProbe } from "@evenkeel/lab";
import type { WebHost } from "./web-host.ts";

/** Requests a second, of all classes together. */
export const RATE = 200;
/** POST, TLS and HTTP/2 have so many each; plain GETs the rest. */
const SHARE = RATE / 10;

export interface Load {
  readonly report: ProbeReport;
  /** Errors by class of request, but for those that no old nginx can help: POSTs on a kept connection that it closes. */
  readonly failed: Readonly<Record<string, unknown>>;
  /** Of POSTs that were acknowledged: those that did not arrive, and those that arrived twice. */
  readonly posts: { readonly acknowledged: number; readonly missing: string[]; readonly doubled: string[] };
}

/** What answers behind the site: nginx itself, on two ports, which writes down the id of each POST. */
export const behind = {
  "nginx.file": {
    path: "conf.d/behind.conf",
    content: `log_format probe "$http_x_probe_id";\n${["9001", "9002"]
      .map(
        (port) => `server {
    listen 127.0.0.1:${port};
    client_max_body_size 0;
    access_log /var/log/nginx/probe.log probe;
    location / { return 200 ok; }
}\n`,
      )
      .join("")}`,
  },
};

/** They are the same nginx, whose reload would close connections that are kept to it. */
export const backends = (weight = 1) => ({
  "nginx.upstream": {
    name: "backends",
    keepalive: 0,
    servers: [{ address: "127.0.0.1:9001", weight }, { address: "127.0.0.1:9002" }],
  },
});

/** The site that is asked. */
export const shop = (release: number) => ({
  "nginx.site": {
    name: "shop",
    server_names: ["shop.example"],
    root: "/srv/shop",
    tls: { self_signed: true, redirect: false },
    listen: ["80", "443"],
    headers: { "X-Release": `r${release}` },
    locations: [{ path: "/api/", upstream: "backends" }],
  },
});

/** Every class of request at once: classes A, B, C, D and F of traps.md. A slow transfer takes so many seconds. */
export async function startLoad(web: WebHost, seconds = 20) {
  await web.shell(
    "mkdir -p /srv/shop && head -c 20000000 /dev/urandom >/srv/shop/big && echo goods >/srv/shop/index.html",
  );
  const { status, output } = await web.apply(behind, backends(), shop(0));
  if (status !== 0) throw new Error(output);
  return startProbe({
    target: { host: web.host.address, port: 80, serverName: "shop.example", isInsecure: true },
    rate: RATE,
    classes: [
      { kind: "new-connection", rate: 4 * SHARE },
      { kind: "keep-alive-get", rate: 4 * SHARE },
      { kind: "keep-alive-post", path: "/api/", rate: SHARE },
      { kind: "tls", rate: SHARE },
      { kind: "http2", rate: SHARE },
      { kind: "slow-download", path: "/big", seconds, rate: 0.3 },
      { kind: "slow-upload", path: "/api/", seconds, rate: 0.3 },
    ],
  });
}

/** What became of it. */
export async function endLoad(web: WebHost, probe: Awaited<ReturnType<typeof startLoad>>): Promise<Load> {
  const report = await probe.stop();
  const isOld = /nginx\/1\.(?:\d|1\d|2[0-6])\./.test(await web.shell("nginx -v 2>&1"));
  const failed = Object.fromEntries(
    Object.entries(report.classes).flatMap(([name, { errors }]) => {
      const { "rst-reused-before-first-byte": reset, ...others } = errors;
      const counted = isOld && name === "keep-alive-post" ? others : { ...others, ...(reset && { reset }) };
      return Object.keys(counted).length === 0 ? [] : [[name, counted]];
    }),
  );
  const arrived = (await web.shell("grep -v '^-$' /var/log/nginx/probe.log")).split("\n");
  const once = new Set(arrived);
  const { acknowledged } = report.posts;
  const posts = {
    acknowledged: acknowledged.length,
    missing: acknowledged.filter((id) => !once.has(id)),
    doubled: arrived.filter((id, index) => arrived.indexOf(id) !== index),
  };
  return { report, failed, posts };
}

/** In a few lines, for whoever reads the test's output. */
export function told({ report: { sent, seconds, rate, classes }, failed, posts }: Load): string {
  const each = Object.entries(classes).map(
    ([name, { sent: count, errors, retried, latency }]) =>
      `  ${name}: ${count}, p99 ${Math.round(latency.p99)} ms, slowest ${Math.round(latency.max)} ms, errors ${counts(errors)}, retried ${JSON.stringify(retried)}`,
  );
  const head = `${sent} requests in ${Math.round(seconds)} s (${Math.round(rate.achieved)}/s); failed: ${JSON.stringify(failed)}; posts: ${JSON.stringify(posts)}`;
  return [head, ...each].join("\n");
}

function counts(errors: ProbeReport["classes"][string]["errors"]): string {
  return JSON.stringify(Object.fromEntries(Object.entries(errors).map(([name, { count }]) => [name, count])));
}
