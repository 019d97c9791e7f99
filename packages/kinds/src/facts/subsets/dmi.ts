import { fieldsOf, firstOf } from "../fields.ts";

const names = [
  ...[
    "bios_date",
    "bios_vendor",
    "bios_version",
    "board_asset_tag",
    "board_name",
    "board_serial",
    "board_vendor",
    "board_version",
  ],
  ...[
    "chassis_asset_tag",
    "chassis_serial",
    "chassis_vendor",
    "chassis_version",
    "product_name",
    "product_serial",
    "product_uuid",
    "product_version",
  ],
];

/** By the number that SMBIOS gives them. */
const forms = [
  ...[
    "Unknown",
    "Other",
    "Unknown",
    "Desktop",
    "Low Profile Desktop",
    "Pizza Box",
    "Mini Tower",
    "Tower",
    "Portable",
    "Laptop",
    "Notebook",
  ],
  ...[
    "Hand Held",
    "Docking Station",
    "All In One",
    "Sub Notebook",
    "Space-saving",
    "Lunch Box",
    "Main Server Chassis",
    "Expansion Chassis",
  ],
  ...[
    "Sub Chassis",
    "Bus Expansion Chassis",
    "Peripheral Chassis",
    "RAID Chassis",
    "Rack Mount Chassis",
    "Sealed-case PC",
    "Multi-system",
  ],
  ...[
    "CompactPCI",
    "AdvancedTCA",
    "Blade",
    "Blade Enclosure",
    "Tablet",
    "Convertible",
    "Detachable",
    "IoT Gateway",
    "Embedded PC",
    "Mini PC",
    "Stick PC",
  ],
];

export function parseDmi(text: string) {
  const fields = fieldsOf(text);
  const value = (name: string) => firstOf(fields, name) ?? "NA";
  const type = firstOf(fields, "chassis_type");
  return {
    ...Object.fromEntries(names.map((name) => [name, value(name)])),
    system_vendor: value("sys_vendor"),
    form_factor: type === undefined ? "NA" : (forms[Number(type)] ?? `unknown (${type})`),
  };
}
