import type { ProbeReport } from "@evenkeel/lab";
import { startProbe } from "@evenkeel/lab";
import type { WebHost } from "./web-host.ts";

/** Requests a second, of all classes together. */
export const RATE = 200;

interface UnderLoad {
  readonly report: ProbeReport;
  readonly reloads: number;
  /** Errors by class of request, but for those that no old nginx can help: POSTs on a kept connection that it closes. */
  readonly failed: Readonly<Record<string, unknown>>;
}

/** Changes a site again and again while it is asked: sites come and go, headers, upstreams and certificates change. */
export async function failuresUnderReloads(web: WebHost, count: number): Promise<UnderLoad> {
  await web.shell(
    "mkdir -p /srv/shop && head -c 3000000 /dev/urandom >/srv/shop/big && echo goods >/srv/shop/index.html",
  );
  await applied(web, ...tasks(0));
  const before = await web.reloads();
  const serverName = "shop.example";
  const probe = await startProbe({
    target: { host: web.host.address, port: 80, serverName, isInsecure: true },
    rate: RATE,
    classes: [
      "new-connection",
      "keep-alive-get",
      { kind: "keep-alive-post", path: "/api/", rate: 20 },
      { kind: "tls", rate: 20 },
      { kind: "http2", rate: 20 },
      { kind: "slow-download", path: "/big", seconds: 8 },
    ],
  });
  for (let at = 1; at <= count; at++) await applied(web, ...tasks(at));
  const report = await probe.stop();
  const isOld = /nginx\/1\.(?:\d|1\d|2[0-6])\./.test(await web.shell("nginx -v 2>&1"));
  const failed = Object.fromEntries(
    Object.entries(report.classes).flatMap(([name, { errors }]) => {
      const { "rst-reused-before-first-byte": reset, ...others } = errors;
      const counted = isOld && name === "keep-alive-post" ? others : { ...others, ...(reset && { reset }) };
      return Object.keys(counted).length === 0 ? [] : [[name, counted]];
    }),
  );
  return { report, reloads: (await web.reloads()) - before, failed };
}

async function applied(web: WebHost, ...all: readonly object[]): Promise<void> {
  const { status, text } = await web.apply(...all);
  if (status !== 0) throw new Error(text);
}

function tasks(at: number): readonly object[] {
  return [
    {
      "nginx.upstream": {
        name: "backends",
        // They are the same nginx, whose reload would close connections that are kept to it.
        keepalive: 0,
        servers: [{ address: "127.0.0.1:9001", weight: 1 + (at % 3) }, { address: "127.0.0.1:9002" }],
      },
    },
    { "nginx.file": { path: "conf.d/behind.conf", content: behind } },
    {
      "nginx.site": {
        name: "shop",
        server_names: ["shop.example"],
        root: "/srv/shop",
        tls: { self_signed: true, redirect: false },
        listen: ["80", "443"],
        headers: { "X-Release": `r${at}` },
        locations: [{ path: "/api/", upstream: "backends" }],
      },
    },
    {
      "nginx.site": {
        name: "guest",
        server_names: ["guest.example"],
        status: 200,
        state: at % 2 === 0 ? "absent" : "present",
      },
    },
  ];
}

const behind = ["9001", "9002"]
  .map((port) => `server { listen 127.0.0.1:${port}; location / { return 200 ok; } }\n`)
  .join("");
