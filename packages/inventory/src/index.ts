export { Inventory } from "./inventory.ts";
export { describeInventory, type InventoryQuestion } from "./listing/describe-inventory.ts";
export { listingTypes } from "./listing/print-json.ts";
export { type InventoryOptions, readInventory } from "./read-inventory.ts";
export { parseIni } from "./until-cli-has-switched/parse-ini.ts";
export { type InventoryHost, selectHosts } from "./until-cli-has-switched/select-hosts.ts";
export type { VariableLayer, VariableSource } from "./variables/layer.ts";
export type { InventoryLevel } from "./variables/level.ts";
export { placeOf, type Variable, type Whereabouts } from "./variables/variable.ts";
