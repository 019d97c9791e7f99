/** Where Debian's BIND has what, and where ours is. named may read /etc/bind, and write in /var/lib/bind: so says its AppArmor profile. */
export const NAMED_CONF = "/etc/bind/named.conf";
export const OUR_CONF = "/etc/bind/named.conf.evenkeel";
export const PACKAGE = "bind9";
export const UNIT = "named.service";

export function zoneFile(zone: string): string {
  return `/var/lib/bind/${zone}.zone`;
}

export function keyFile(key: string): string {
  return `/etc/bind/evenkeel-key-${key}.conf`;
}
