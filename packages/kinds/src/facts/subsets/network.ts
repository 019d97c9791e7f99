import type { Field } from "../fields.ts";
import { allOf, fieldsOf, firstOf, groupsOf } from "../fields.ts";
import type { Address4, Address6 } from "./addresses.ts";
import { addressesOf, reachable } from "./addresses.ts";

type Interface = Record<string, unknown> & { ipv4?: Address4; ipv4_secondaries?: Address4[]; ipv6?: Address6[] };

const types: Readonly<Record<string, string>> = {
  1: "ether",
  32: "infiniband",
  512: "ppp",
  772: "loopback",
  65534: "tunnel",
};

export function parseNetwork(text: string) {
  const fields = fieldsOf(text);
  const interfaces = new Map<string, Interface>();
  for (const { value, fields: own } of groupsOf(
    fields.filter(({ name }) => !["addr", "route4", "route6", "local4", "local6"].includes(name)),
    "interface",
  ))
    interfaces.set(value, interfaceOf(value, own));
  const all = addressesOf(allOf(fields, "addr"));
  for (const { label, device, ...address } of all.four) {
    const known = interfaces.get(label) ?? {};
    interfaces.set(label, withAddress(known, address));
    if (label !== device) interfaces.set(device, withSecondary(interfaces.get(device) ?? {}, address));
  }
  for (const { device, ...address } of all.six) {
    const known = interfaces.get(device) ?? {};
    interfaces.set(device, { ...known, ipv6: [...(known.ipv6 ?? []), address] });
  }
  return {
    interfaces: [...interfaces.keys()],
    ...Object.fromEntries([...interfaces].map(([name, each]) => [name.replace(/[:.-]/g, "_"), each])),
    default_ipv4: default4(firstOf(fields, "route4"), interfaces, all.four),
    default_ipv6: default6(firstOf(fields, "route6"), interfaces),
    all_ipv4_addresses: all.four.map(({ address }) => address).filter((address) => !address.startsWith("127.")),
    all_ipv6_addresses: all.six.map(({ address }) => address).filter((address) => address !== "::1"),
    locally_reachable_ips: { ipv4: reachable(allOf(fields, "local4")), ipv6: reachable(allOf(fields, "local6")) },
  };
}

function interfaceOf(device: string, fields: readonly Field[]): Interface {
  const value = (name: string) => firstOf(fields, name);
  const [mac, mtu, speed, flags, type] = [
    value("address"),
    value("mtu"),
    value("speed"),
    value("flags"),
    value("type"),
  ];
  const isBridge = value("bridge/bridge_id") !== undefined;
  const isBond = value("bonding/mode") !== undefined;
  return {
    device,
    ...(mac && mac !== "00:00:00:00:00:00" && { macaddress: mac }),
    ...(mtu !== undefined && { mtu: Number(mtu) }),
    ...(value("operstate") !== undefined && { active: value("operstate") !== "down" }),
    ...(value("module") !== undefined && { module: value("module") }),
    ...(type !== undefined && { type: isBridge ? "bridge" : isBond ? "bonding" : (types[type] ?? "unknown") }),
    ...(isBridge && {
      interfaces: allOf(fields, "member"),
      id: value("bridge/bridge_id"),
      stp: value("bridge/stp_state") === "1",
    }),
    ...(isBond && bond(value)),
    ...(value("bonding_slave/perm_hwaddr") !== undefined && { perm_macaddress: value("bonding_slave/perm_hwaddr") }),
    ...(value("pciid") !== undefined && { pciid: value("pciid") }),
    ...(speed !== undefined && { speed: Number(speed) }),
    ...(flags !== undefined && { promisc: (Number.parseInt(flags, 16) & 0x100) > 0 }),
  };
}

function bond(value: (name: string) => string | undefined) {
  const word = (name: string) => (value(name) ?? "").split(/\s+/)[0];
  const primary = value("bonding/primary");
  return {
    slaves: (value("bonding/slaves") ?? "").split(/\s+/).filter((each) => each !== ""),
    ...{ mode: word("bonding/mode"), miimon: word("bonding/miimon"), lacp_rate: word("bonding/lacp_rate") },
    ...(primary && { primary, all_slaves_active: value("bonding/all_slaves_active") === "1" }),
  };
}

function withAddress(
  known: Interface,
  { isSecondary, ...address }: Address4 & { readonly isSecondary: boolean },
): Interface {
  return known.ipv4 === undefined && !isSecondary
    ? { ...known, ipv4: address }
    : withSecondary(known, { ...address, isSecondary });
}

function withSecondary(
  known: Interface,
  { isSecondary: _, ...address }: Address4 & { readonly isSecondary: boolean },
): Interface {
  return { ...known, ipv4_secondaries: [...(known.ipv4_secondaries ?? []), address] };
}

interface Route {
  readonly gateway?: string;
  readonly interface?: string;
  readonly address?: string;
}

function routeOf(text: string | undefined): Route {
  const words = (text ?? "").split(/\s+/);
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const [gateway, device, address] = [after("via"), after("dev"), after("src")];
  return { ...(gateway && { gateway }), ...(device && { interface: device }), ...(address && { address }) };
}

function default4(
  text: string | undefined,
  interfaces: ReadonlyMap<string, Interface>,
  all: ReturnType<typeof addressesOf>["four"],
) {
  const route = routeOf(text);
  const own = all.find(({ address }) => address === route.address);
  if (route.address === undefined || own === undefined) return {};
  const { macaddress, mtu, type = "unknown" } = interfaces.get(own.device) ?? {};
  const { broadcast, netmask, network, prefix } = own;
  return {
    ...route,
    broadcast,
    netmask,
    network,
    prefix,
    ...(macaddress !== undefined && { macaddress }),
    mtu,
    type,
    alias: own.label,
  };
}

function default6(text: string | undefined, interfaces: ReadonlyMap<string, Interface>) {
  const route = routeOf(text);
  const found = [...interfaces.values()].find(({ ipv6 }) => ipv6?.some(({ address }) => address === route.address));
  const own = found?.ipv6?.find(({ address }) => address === route.address);
  if (route.address === undefined || own === undefined || found === undefined) return {};
  const { macaddress, mtu, type = "unknown" } = found;
  return { ...route, prefix: own.prefix, scope: own.scope, ...(macaddress !== undefined && { macaddress }), mtu, type };
}
