export { type Inventory, type InventoryHost, selectHosts } from "./inventory.ts";
export { parseIni } from "./parse-ini.ts";
