import { InputError, Secret } from "@evenkeel/core";
import type { DownloadVia } from "./download-via.ts";

/** What curl reads from stdin: nothing of it is in any argument, where others could read it. */
export function curlConfig(via: DownloadVia, url = via.url): Secret {
  const { agent, headers, user, password = "", certificate, key, timeoutSeconds } = via;
  const lines: (readonly [string, string] | string)[] = [
    ...[["url", url] as const, ["user-agent", agent] as const],
    ...headers.map((header) => ["header", plain(header)] as const),
    ...(user === undefined ? [] : [["user", `${user}:${plain(password)}`] as const]),
    ...(certificate === undefined ? [] : [["cert", certificate] as const]),
    ...(key === undefined ? [] : [["key", key] as const]),
    ...(via.validates ? [] : ["insecure"]),
    ...(via.usesProxy ? [] : [["noproxy", "*"] as const]),
    ...(via.usesNetrc ? ["netrc-optional"] : []),
    ...(via.decompresses ? ["compressed"] : []),
    ...["fail", "silent", "show-error", "location", ["connect-timeout", String(timeoutSeconds)] as const],
    ...[["speed-time", String(Math.max(timeoutSeconds, 30))] as const, ["speed-limit", "1"] as const],
  ];
  return new Secret(lines.map((line) => (typeof line === "string" ? `${line}\n` : setting(line))).join(""));
}

function setting([name, value]: readonly [string, string]): string {
  if (/[\n\r\0]/.test(value)) {
    throw new InputError({
      code: "download/line-feed",
      message: `what is sent to a server holds a line feed: ${name}`,
    });
  }
  return `${name} = "${value.replace(/[\\"]/g, "\\$&")}"\n`;
}

function plain(text: string | Secret): string {
  return text instanceof Secret ? text.reveal() : text;
}
