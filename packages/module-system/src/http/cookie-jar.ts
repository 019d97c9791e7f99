interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly isForSubdomains: boolean;
  readonly path: string;
  readonly isSecure: boolean;
}

/** Cookies of one chain of requests. */
export class CookieJar {
  readonly #cookies: Cookie[] = [];

  /** Takes what a server sets. */
  take(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const [name, value] = halves(pair);
      const said = new Map(attributes.map((part) => halves(part)).map(([key, text]) => [key.toLowerCase(), text]));
      const domain = said.get("domain")?.replace(/^\./, "").toLowerCase();
      if (name === "" || (domain !== undefined && domain !== "" && !isWithin(url.hostname, domain))) continue;
      const cookie = {
        ...{ name, value, host: domain || url.hostname, isForSubdomains: Boolean(domain) },
        path: said.get("path")?.startsWith("/")
          ? (said.get("path") ?? "/")
          : url.pathname.replace(/\/[^/]*$/, "") || "/",
        isSecure: said.has("secure"),
      };
      const at = this.#cookies.findIndex((other) => isSame(other, cookie));
      if (at >= 0) this.#cookies.splice(at, 1);
      if (said.get("max-age") !== "0") this.#cookies.push(cookie);
    }
  }

  /** What goes with a request. */
  header(url: URL): string | undefined {
    const fitting = this.#cookies.filter(
      ({ host, isForSubdomains, path, isSecure }) =>
        (isForSubdomains ? isWithin(url.hostname, host) : url.hostname === host) &&
        (url.pathname === path || url.pathname.startsWith(path.endsWith("/") ? path : `${path}/`)) &&
        (!isSecure || url.protocol === "https:"),
    );
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  get pairs(): readonly (readonly [string, string])[] {
    return this.#cookies.map(({ name, value }) => [name, value]);
  }
}

function halves(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function isSame(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.host === other.host && one.path === other.path;
}
