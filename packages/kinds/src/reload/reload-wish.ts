/** Programs whose reload can be proven by what they show of it. */
export type ReloadedService = "nginx" | "gunicorn" | "bind" | "php-fpm" | "haproxy" | "unit";

/** Which service is to be reloaded, and how long the proof may take. */
export interface ReloadWish {
  readonly service: ReloadedService;
  /** Its unit's full name; left out: the one that the service has. */
  readonly unit?: string;
  readonly limitSeconds?: number;
  /** What its configuration is made of: as it was when it was last proven, it is put back when it is not. */
  readonly files?: readonly string[];
  /** `needed` when not given. */
  readonly how?: ReloadHow;
}

/**
 * `needed`: unless it serves already what its files say. `anyway`: also then, since they name others that may have changed.
 * `trial`: the same, and what was there before is kept until one of two more wishes says what became of it: `settled` forgets
 * it, `taken-back` puts it back and reloads again.
 */
export type ReloadHow = "needed" | "anyway" | "trial" | "settled" | "taken-back";

/** The unit that a service usually has. */
export function unitOf({ service, unit }: Pick<ReloadWish, "service" | "unit">): string {
  if (unit !== undefined) return unit;
  const names = { nginx: "nginx", gunicorn: "gunicorn", bind: "named", "php-fpm": "php-fpm", haproxy: "haproxy" };
  return `${service === "unit" ? "" : names[service]}.service`;
}
