import type { Secret } from "@evenkeel/core";

/** What is downloaded, and how it is asked for. */
export interface DownloadVia {
  readonly url: string;
  /** What the content must add up to: the sum, or where a list of sums is. */
  readonly checksum?: { readonly algorithm: string; readonly sum: string } | undefined;
  /** Ask for it even where the checksum, or its age, say that it is there. */
  readonly force: boolean;
  readonly agent: string;
  readonly headers: readonly (string | Secret)[];
  readonly user?: string | undefined;
  readonly password?: string | Secret | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly validates: boolean;
  readonly usesProxy: boolean;
  readonly usesNetrc: boolean;
  readonly decompresses: boolean;
  readonly timeoutSeconds: number;
}

/** Whether only curl can ask so, without telling everybody on the host what it sends. */
export function needsCurl({ headers, user, certificate, validates }: DownloadVia): boolean {
  return headers.length > 0 || user !== undefined || certificate !== undefined || !validates;
}
