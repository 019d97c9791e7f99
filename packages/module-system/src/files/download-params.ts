import { Secret } from "@evenkeel/core";
import type { DownloadVia } from "@evenkeel/kinds";

interface DownloadParams {
  readonly url: string;
  readonly checksum: string;
  readonly force: boolean;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly http_agent: string;
  readonly url_username?: string;
  readonly url_password?: string | Secret;
  readonly client_cert?: string;
  readonly client_key?: string;
  readonly validate_certs: boolean;
  readonly use_proxy: boolean;
  readonly use_netrc: boolean;
  readonly decompress: boolean;
  readonly timeout: number;
}

/** How an address is asked. */
export function downloadVia(params: DownloadParams): DownloadVia {
  const { url, checksum, force, headers = {}, url_username: user, url_password: password } = params;
  const [algorithm = "", ...sum] = checksum.split(":");
  return {
    ...{ url, force, agent: params.http_agent, timeoutSeconds: params.timeout },
    ...(checksum !== "" && { checksum: { algorithm, sum: sum.join(":") } }),
    headers: Object.entries(headers).map(([name, value]) =>
      value instanceof Secret ? new Secret(`${name}: ${value.reveal()}`) : `${name}: ${value}`,
    ),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(params.client_cert !== undefined && { certificate: params.client_cert }),
    ...(params.client_key !== undefined && { key: params.client_key }),
    ...{ validates: params.validate_certs, usesProxy: params.use_proxy },
    ...{ usesNetrc: params.use_netrc, decompresses: params.decompress },
  };
}

/** The name that a file has in its address; one that says none is `index.html`. */
export function nameInAddress(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  const name = path.replace(/^.*\//s, "");
  return name === "" || name === "." || name === ".." ? "index.html" : name;
}
