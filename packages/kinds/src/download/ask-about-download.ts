import type { HostPort } from "@evenkeel/core";
import { quote, readWords, StepError } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";
import { curlConfig } from "./curl-config.ts";
import type { DownloadComparison } from "./download.ts";
import type { DownloadVia } from "./download-via.ts";
import { needsCurl } from "./download-via.ts";
import { findChecksum } from "./find-checksum.ts";
import { sumOfAddress, textOfAddress } from "./get-here.ts";

/** What is there, and whether it is what would come: by its checksum if there is one, else by asking the server. */
export async function askAboutDownload(path: string, via: DownloadVia, host: HostPort): Promise<DownloadComparison> {
  const { url, checksum, force } = via;
  const isListed = checksum !== undefined && /^[a-z]+:\/\//.test(checksum.sum);
  const asks = checksum === undefined || force;
  const [answer] = await host.exchange([{ script: scriptFor(path, via, asks, isListed ? checksum.sum : undefined) }]);
  const [there = "absent", tool = "none", ownSum = "", sha256 = "", said = "", ...list] = Buffer.from(
    answer?.stdout ?? [],
  )
    .toString()
    .split("\n");
  if (answer?.code !== 0) throw unanswered(url, Buffer.from(answer?.stderr ?? []).toString());
  const sums = tool === "none" && isListed ? await textOfAddress(checksum.sum, via) : list.join("\n");
  const sum = isListed
    ? findChecksum(sums, url.replace(/[?#].*$/, "").replace(/^.*\//, ""), checksum.sum)
    : checksum?.sum;
  const expected =
    checksum && sum !== undefined
      ? { algorithm: checksum.algorithm, sum: sum.replace(/\W/g, "").toLowerCase() }
      : undefined;
  const isFile = there === "file";
  const isRight = isFile && (expected === undefined || ownSum === expected.sum);
  const isSame =
    isRight && (!asks || (tool === "none" ? (await sumOfAddress(via)) === sha256 : isWhatWouldCome(said, sha256, url)));
  const state = { there: there as DownloadComparison["there"], tool: tool as DownloadComparison["tool"], isSame };
  return { ...state, ...(isFile && { sha256 }), ...(expected && { expected }) };
}

function scriptFor(path: string, via: DownloadVia, asks: boolean, listUrl: string | undefined): string {
  const { checksum, url, agent, timeoutSeconds, force } = via;
  const settings = {
    evk_sum: checksum ? `${checksum.algorithm}sum` : "",
    evk_needs_curl: needsCurl(via) ? "1" : "",
    evk_asks: asks ? "1" : "",
    evk_conditional: force ? "" : "1",
    ...{ evk_url: url, evk_agent: agent, evk_timeout: String(timeoutSeconds), evk_list_url: listUrl ?? "" },
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`);
  const config = (name: string, address: string) =>
    `${name}() { printf %s ${quote(curlConfig(via, address).reveal())}; }`;
  const configs = [config("evk_config", url), ...(listUrl === undefined ? [] : [config("evk_list_config", listUrl)])];
  return [`evk_dest=${pathWord(path)}`, ...lines, ...configs, readWords(new URL("./read.sh", import.meta.url))].join(
    "\n",
  );
}

/** The server says that it has nothing newer, or what it sends adds up to the same. */
function isWhatWouldCome(said: string, sha256: string, url: string): boolean {
  const status = /status (\d+)/.exec(said)?.[1];
  if (status === "304") return true;
  const sum = /(?:^|\t)([0-9a-f]{64}) /.exec(said)?.[1];
  if (status !== undefined && /^(?:0|2)/.test(status) && !/curl: \(/.test(said)) return sum === sha256;
  throw unanswered(url, said.replaceAll("\t", "\n"));
}

function unanswered(url: string, detail: string): StepError {
  return new StepError({
    code: "download/unanswered",
    message: `the host cannot get ${url}`,
    detail: detail.trim(),
    hint: "is the address right, and can the host reach it?",
  });
}
