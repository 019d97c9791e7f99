import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { scopeOf } from "../lab/scope-of.ts";
import { loadTemplates } from "../src/index.ts";

/**
 * What a run pays for templates, in milliseconds of processor time: loading, compiling and rendering a web server's
 * configuration of 50 lines. `node bench/bench.ts`
 */
const source = readFileSync(new URL("nginx.conf.j2", import.meta.url), "utf8");
const scope = scopeOf({
  nginx_user: "www-data",
  nginx_worker_connections: 1024,
  nginx_multi_accept: true,
  bucket_size: 64,
  max_body: "64m",
  log_format: "'$remote_addr - $remote_user\n\"$request\"'",
  access_log: "/var/log/nginx/access.log main",
  sendfile: "on",
  keepalive: 65,
  extra: { gzip: "on", gzip_min_length: "256", charset: "utf-8" },
  upstreams: [
    { name: "app", strategy: "ip_hash", servers: ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"] },
    { name: "cache", servers: ["10.0.0.9:80"], keepalive: 16 },
  ],
  vhosts: ["one", "two", "three"].map((name) => ({
    enabled: name !== "two",
    names: [`${name}.example`, `www.${name}.example`],
    root: `/srv/${name}`,
    tls: name === "one",
    cert: "/etc/ssl/one.pem",
  })),
});

const { compileTemplate, compileValue } = await loadTemplates();
const template = compileTemplate(source);
const value = "{{ nginx_user }}:{{ keepalive }}";

console.table({
  "load the index": { ms: loading("index.ts") },
  "load the engine": { ms: loading("templates.ts") },
  "compile 50 lines": { ms: average(300, (round) => compileTemplate(source + " ".repeat(round))) },
  "render 50 lines": { ms: average(5000, () => template.render(scope)) },
  "look up and resolve a value": { ms: average(20_000, () => compileValue(value).resolve(scope)) },
});

/** The average of many rounds, once the first ones have warmed up. */
function average(rounds: number, work: (round: number) => unknown): number {
  for (let round = 1; round <= rounds; round++) work(round);
  const begun = process.cpuUsage();
  for (let round = 1; round <= rounds; round++) work(rounds + round);
  return Number((process.cpuUsage(begun).user / 1000 / rounds).toFixed(4));
}

/** The median of new processes with Node's compile cache, core's modules being there already. */
function loading(file: string): number {
  const script = `
    import module from "node:module";
    module.enableCompileCache();
    await import("@evenkeel/core");
    const begun = process.cpuUsage();
    await import(${JSON.stringify(new URL(`../src/${file}`, import.meta.url).href)});
    const { user, system } = process.cpuUsage(begun);
    console.log((user + system) / 1000);`;
  const times = Array.from({ length: 9 }, () => {
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    return Number(stdout);
  });
  return times.sort((a, b) => a - b)[4] ?? Number.NaN;
}
