import type { LocalFile, Secret } from "@evenkeel/core";

/** A request as it is to be sent, from the host's point of view. */
export interface RequestData {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | Secret>>;
  readonly body?: RequestBody;
  readonly user?: string;
  readonly password?: string | Secret;
  /** The password goes with the first request, and not only when it is asked for. */
  readonly isBasicForced: boolean;
  readonly readsNetrc: boolean;
  readonly follows: "all" | "none" | "safe" | "urllib2";
  /** Headers, in small letters, that no redirected request carries. */
  readonly unredirected: readonly string[];
  readonly seconds: number;
  readonly socketPath?: string;
  readonly decompresses: boolean;
  /** Statuses that mean success. */
  readonly expected: readonly number[];
  readonly tls: RequestTls;
  readonly destination?: RequestDestination;
}

export interface RequestTls {
  readonly isVerified: boolean;
  /** Paths on the host. */
  readonly authorities?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly ciphers?: string;
}

/** Where on the host the answer is to be kept. */
export interface RequestDestination {
  readonly path: string;
  readonly isForced: boolean;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

export type RequestBody =
  | { readonly text: string | Secret }
  | { readonly file: LocalFile }
  | { readonly hostFile: string }
  | { readonly parts: readonly FormPart[]; readonly boundary: string };

/** A field of a form. */
export interface FormPart {
  readonly name: string;
  readonly content: string | Secret | { readonly file: LocalFile } | { readonly hostFile: string };
  readonly type: string;
  readonly fileName?: string;
  readonly isBase64: boolean;
}

/** What the server said; or why there was no answer. */
export interface ResponseData {
  readonly status: number;
  readonly url: string;
  readonly message: string;
  /** In small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly elapsed: number;
  /** Where it was kept, and whether that changed anything. */
  readonly path?: string;
  readonly isChanged?: boolean;
}
