/** Where a redirected request goes, and as what; nothing when it is not to be followed. */
export function redirect(
  follows: "all" | "none" | "safe" | "urllib2",
  status: number,
  method: string,
): { readonly method: string; readonly keepsBody: boolean } | undefined {
  if (!REDIRECTS.has(status) || follows === "none") return undefined;
  const isSafe = method === "GET" || method === "HEAD";
  if (follows === "safe" && !isSafe) return undefined;
  if (follows === "urllib2") {
    if (isSafe) return { method, keepsBody: false };
    return method === "POST" && status <= 303 ? { method: "GET", keepsBody: false } : undefined;
  }
  if (status === 307 || status === 308) return { method, keepsBody: true };
  const becomesGet = (status === 301 && method === "POST") || ((status === 302 || status === 303) && method !== "HEAD");
  return { method: becomesGet ? "GET" : method, keepsBody: false };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
