import { enableCompileCache } from "node:module";
if (process.env.CC) enableCompileCache("/tmp/ekcc");
const t00 = performance.now();
const { openSsh2Link } = await import("./src/link-ssh2.ts");
const t0 = performance.now();
const target = { name: "web", address: "127.0.0.77", port: 2277, user: "root", identityFiles: ["/tmp/tssh/id"], knownHostsFiles: ["/tmp/tssh/kh"] };
async function once() {
  const t = performance.now();
  const link = await openSsh2Link(target);
  const l = performance.now();
  const ch = await link.open("true");
  ch.stdin.end(); ch.stdout.resume(); ch.stderr.resume();
  await ch.end;
  const e = performance.now();
  await link.close();
  return [l - t, e - t];
}
const cold = await once();
const warm = [];
for (let i = 0; i < +(process.env.N ?? 0); i++) warm.push((await once())[1]);
warm.sort((a, b) => a - b);
console.log(JSON.stringify({ load: +(t0 - t00).toFixed(1), login: +cold[0].toFixed(1), exec: +cold[1].toFixed(1), warm: +(warm[warm.length >> 1] ?? 0).toFixed(1), cpu: Math.round(process.cpuUsage().user/1000) }));
