export { Inventory } from "./inventory.ts";
export { type InventoryOptions, readInventory } from "./read-inventory.ts";
export type { VariableLayer, VariableSource } from "./variables/layer.ts";
export type { InventoryLevel } from "./variables/level.ts";
export { placeOf, type Variable, type Whereabouts } from "./variables/variable.ts";
export { parseIni } from "./until-cli-has-switched/parse-ini.ts";
export { type InventoryHost, selectHosts } from "./until-cli-has-switched/select-hosts.ts";
