import { createHash } from "node:crypto";
import { Secret, StepError } from "@evenkeel/core";
import type { DownloadVia } from "./download-via.ts";

/** The content of an address, asked for from here: for hosts that have nothing to ask with. */
export async function* getHere(via: DownloadVia, url = via.url): AsyncGenerator<Uint8Array> {
  if (via.certificate !== undefined || !via.validates) {
    throw new StepError({
      code: "download/needs-curl",
      message: `${url} is asked for with a certificate, or without checking the server's: only curl on the host can do that`,
      hint: "install curl on the host first",
    });
  }
  const response = await fetch(url, { headers: headersOf(via), signal: AbortSignal.timeout(3_600_000) }).catch(
    (cause: unknown) => {
      throw new StepError({ code: "download/unreachable", message: `${url} cannot be reached from here`, cause });
    },
  );
  if (!response.ok || !response.body) {
    throw new StepError({
      code: "download/status",
      message: `${url} answers with ${response.status} ${response.statusText}`,
    });
  }
  yield* response.body;
}

export async function textOfAddress(url: string, via: DownloadVia): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of getHere(via, url)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

export async function sumOfAddress(via: DownloadVia): Promise<string> {
  const sum = createHash("sha256");
  for await (const piece of getHere(via)) sum.update(piece);
  return sum.digest("hex");
}

function headersOf({ agent, headers, user, password = "" }: DownloadVia): Headers {
  const all = new Headers({ "user-agent": agent });
  for (const header of headers) {
    const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/s.exec(plain(header)) ?? [];
    all.set(name, value);
  }
  if (user !== undefined)
    all.set("authorization", `Basic ${Buffer.from(`${user}:${plain(password)}`).toString("base64")}`);
  return all;
}

function plain(text: string | Secret): string {
  return text instanceof Secret ? text.reveal() : text;
}
