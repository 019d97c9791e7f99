import type { Field } from "../fields.ts";
import { allOf, fieldsOf, firstOf, groupsOf } from "../fields.ts";

type Links = Readonly<Record<"ids" | "uuids" | "labels" | "masters", Readonly<Record<string, readonly string[]>>>>;

export function parseDevices(text: string) {
  const [blocks = "", linkText = "", lvm = ""] = text.split(/^==\n/m);
  const links = { ...linksIn(linkText), masters: {} };
  const devices = groupsOf(fieldsOf(blocks), "device");
  return {
    devices: Object.fromEntries(devices.map(({ value, fields }) => [value, deviceOf(value, fields, links)])),
    device_links: links,
    lvm: lvmIn(lvm),
  };
}

function deviceOf(name: string, all: readonly Field[], links: Links) {
  const at = all.findIndex((field) => field.name === "partition");
  const own = at < 0 ? all : all.slice(0, at);
  const value = (field: string) => firstOf(own, field)?.trim() || null;
  const wwn = links.ids[name]?.find((id) => id.startsWith("wwn-"));
  const serial = value("serial");
  return {
    virtual: 1,
    links: linksOf(name, links),
    ...{
      vendor: value("vendor"),
      model: value("model"),
      sas_address: value("sas_address"),
      sas_device_handle: value("sas_device_handle"),
    },
    ...(serial !== null && { serial }),
    removable: value("removable"),
    support_discard: value("discard_max_hw_bytes") === "0" ? "0" : value("discard_granularity"),
    ...(wwn !== undefined && { wwn: wwn.slice(4) }),
    partitions: Object.fromEntries(
      groupsOf(all, "partition").map((part) => [
        part.value,
        {
          links: linksOf(part.value, links),
          start: firstOf(part.fields, "start") ?? 0,
          ...sizes(part.fields, 512),
          uuid: links.uuids[part.value]?.[0] ?? null,
          holders: holders(part.fields),
        },
      ]),
    ),
    rotational: value("rotational"),
    scheduler_mode: /\[(.*)\]/.exec(value("scheduler") ?? "")?.[1] ?? "",
    ...sizes(own, "512"),
    host: "",
    holders: holders(own),
  };
}

function sizes(fields: readonly Field[], standard: string | number) {
  const sectorsize = firstOf(fields, "sectorsize") ?? standard;
  const sectors = Math.floor((Number(firstOf(fields, "size") ?? 0) * 512) / Number(sectorsize));
  return { sectorsize, sectors, size: humanSize(sectors * Number(sectorsize)) };
}

function holders(fields: readonly Field[]): readonly string[] {
  const names = allOf(fields, "holder_name");
  return names.length > 0 ? names : allOf(fields, "holder");
}

function linksOf(name: string, links: Links) {
  return {
    ids: links.ids[name] ?? [],
    uuids: links.uuids[name] ?? [],
    labels: links.labels[name] ?? [],
    masters: links.masters[name] ?? [],
  };
}

function linksIn(text: string): Pick<Links, "ids" | "uuids" | "labels"> {
  const found = { ids: {}, uuids: {}, labels: {} } as Record<"ids" | "uuids" | "labels", Record<string, string[]>>;
  let kind: keyof typeof found = "ids";
  for (const line of text.split("\n")) {
    const section = /^links=(id|uuid|label)$/.exec(line)?.[1];
    if (section !== undefined) kind = `${section}s` as keyof typeof found;
    const [, link, device] = / (\S+) -> (?:\.\.\/)*(\S+)$/.exec(line) ?? [];
    if (link !== undefined && device !== undefined) found[kind][device] = [...(found[kind][device] ?? []), link].sort();
  }
  return found;
}

/** As Ansible writes sizes: 1.50 GB. */
function humanSize(bytes: number): string {
  const units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power]}`;
}

function lvmIn(text: string): unknown {
  if (!text.startsWith("lvm")) return "N/A";
  const [vgs = "", lvs = "", pvs = ""] = text.split(/^=(?:lvs|pvs)\n/m).map((part) => part.replace(/^lvm\n/, ""));
  const rows = (part: string) =>
    part
      .split("\n")
      .map((line) => line.trim().split(","))
      .filter((row) => row.length > 1);
  return {
    vgs: Object.fromEntries(
      rows(vgs).map(([name, , lvCount, , , size, free]) => [
        name,
        { size_g: size, free_g: free, num_lvs: lvCount, num_pvs: rows(vgs).find(([each]) => each === name)?.[1] },
      ]),
    ),
    lvs: Object.fromEntries(rows(lvs).map(([name, vg, , size]) => [name, { size_g: size, vg }])),
    pvs: Object.fromEntries(rows(pvs).map(([name, vg, , , size, free]) => [name, { size_g: size, free_g: free, vg }])),
  };
}
