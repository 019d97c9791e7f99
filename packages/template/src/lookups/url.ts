import { spawnSync } from "node:child_process";
import type { Context } from "../engine/context.ts";
import { dictEntries, isDict } from "../python/dict.ts";
import { TemplateFault } from "../python/fault.ts";
import { asNumber } from "../python/integer.ts";
import type { Keywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { splitLines } from "../python/split-text.ts";
import { isTrue } from "../python/truth.ts";
import { EffectRefused } from "./effect-refused.ts";
import type { Lookup } from "./lookup.ts";

/** What a web server answers. It is asked by a process of its own, since a template cannot wait. */
export const url: Lookup = (terms, options, context) =>
  terms.flatMap((term) => {
    const body = ask(toText(term), options, context);
    return isTrue(options.get("split_lines") ?? true) ? splitLines(body) : [body];
  });

const program = `
const { url, headers, seconds, redirect } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
fetch(url, { headers, redirect, signal: AbortSignal.timeout(seconds * 1000) }).then(async (answer) => {
  if (answer.ok) process.stdout.write(Buffer.from(await answer.arrayBuffer()));
  else { process.stderr.write("HTTP " + answer.status + " " + answer.statusText); process.exitCode = 1; }
}).catch((error) => { process.stderr.write(String(error.cause?.message ?? error.message)); process.exitCode = 1; });
`;

function ask(address: string, options: Keywords, context: Context): string {
  if (context.environment.isSpeculative) throw new EffectRefused("url");
  const follows = toText(options.get("follow_redirects") ?? "urllib2");
  const request = {
    url: address,
    headers: headersOf(options),
    seconds: asNumber(options.get("timeout") ?? 10) ?? 10,
    redirect: ["no", "none", "False"].includes(follows) ? "manual" : "follow",
  };
  const environment = {
    ...process.env,
    ...(isTrue(options.get("validate_certs") ?? true)
      ? {}
      : { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_NO_WARNINGS: "1" }),
    ...(isTrue(options.get("use_proxy") ?? true) && { NODE_USE_ENV_PROXY: "1" }),
  };
  const { status, stdout, stderr, error } = context.outside(() =>
    spawnSync(process.execPath, ["-e", program], {
      input: JSON.stringify(request),
      env: environment,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
  if (status === 0) return stdout;
  throw new TemplateFault("lookup", `Failed lookup url for ${address}: ${error?.message ?? stderr.trim()}`);
}

function headersOf(options: Keywords): Readonly<Record<string, string>> {
  const own = options.get("headers");
  const headers = isDict(own) ? dictEntries(own).map(([name, value]) => [toText(name), toText(value)]) : [];
  const user = options.get("username");
  const login = `${toText(user ?? "")}:${toText(options.get("password") ?? "")}`;
  return {
    "user-agent": toText(options.get("http_agent") ?? "ansible-httpget"),
    ...(user !== undefined && user !== null && { authorization: `Basic ${Buffer.from(login).toString("base64")}` }),
    ...Object.fromEntries(headers),
  };
}
