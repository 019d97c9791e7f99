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
  /** Also where it already serves what its files say: they name others that may have changed. */
  readonly anyway?: boolean;
}

/** The unit that a service usually has. */
export function unitOf({ service, unit }: Pick<ReloadWish, "service" | "unit">): string {
  if (unit !== undefined) return unit;
  const names = { nginx: "nginx", gunicorn: "gunicorn", bind: "named", "php-fpm": "php-fpm", haproxy: "haproxy" };
  return `${service === "unit" ? "" : names[service]}.service`;
}
