import type { Secret } from "@evenkeel/core";

/** How a server is reached, as whom. Nothing at all: its socket on the host, as the host's own user there. */
export interface Door {
  /** The server's socket on the host; its usual place if left out. */
  readonly socket?: string;
  /** A server by its address, as seen from the host: then we speak to it through a tunnel. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string | Secret;
  /** A file of options on the host, such as `~/.my.cnf`. */
  readonly optionFile?: string;
  readonly tls?: { readonly checksName: boolean };
}

/** What a thing on that server is called among all things on the host: its name alone where there is but one server. */
export function keyAt(name: string, door?: Door): string {
  const place = placeOf(door);
  return place === "" ? name : `${place}/${name}`;
}

export function nameAt(key: string, door?: Door): string {
  const place = placeOf(door);
  return place === "" ? key : key.slice(place.length + 1);
}

export function isRemote(door: Door | undefined): door is Door & { readonly host: string } {
  return door?.host !== undefined;
}

function placeOf(door: Door | undefined): string {
  if (isRemote(door)) return `${door.host}:${door.port ?? 3306}`;
  return door?.socket ?? "";
}
