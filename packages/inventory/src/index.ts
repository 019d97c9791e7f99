export { Inventory } from "./inventory.ts";
export { describeInventory, type InventoryQuestion } from "./listing/describe-inventory.ts";
export { type InventoryOptions, readInventory } from "./read-inventory.ts";
export type { VariableLayer, VariableSource } from "./variables/layer.ts";
export type { InventoryLevel } from "./variables/level.ts";
export { placeOf, type Variable, type Whereabouts } from "./variables/variable.ts";
