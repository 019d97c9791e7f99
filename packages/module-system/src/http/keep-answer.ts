import type { IncomingMessage } from "node:http";
import type { HostPort } from "@evenkeel/core";
import type { Destination } from "./host-facts.ts";
import type { RequestDestination } from "./request-data.ts";

/** An answer in a file of ours, and where it came from. */
interface Fetched {
  readonly localFile: string;
  readonly url: URL;
  readonly response: IncomingMessage;
}

/** Puts an answer where it is wanted on the host. */
export async function keepAnswer(
  host: HostPort,
  { mode, owner, group }: RequestDestination,
  there: Destination,
  { localFile, url, response }: Fetched,
): Promise<{ readonly path: string; readonly isChanged: boolean }> {
  const path = there.type === "folder" ? `${there.path.replace(/\/$/, "")}/${nameOf(url, response)}` : there.path;
  await host.put({
    path,
    content: { localFile },
    ...(mode !== undefined && { mode }),
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
  });
  return { path, isChanged: true };
}

/** What the server calls it, or the last part of the address. Never anything but a name. */
function nameOf(url: URL, response: IncomingMessage): string {
  const said = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(response.headers["content-disposition"] ?? "");
  const name = (said?.[1] ?? said?.[2] ?? decoded(url.pathname.replace(/\/+$/, ""))).replace(/^.*\//s, "");
  return name === "" || name === "." || name === ".." ? "index.html" : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A `%` that stands for itself.
  }
}
