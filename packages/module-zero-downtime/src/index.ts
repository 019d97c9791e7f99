export { maintenance } from "./maintenance.ts";
export { executors, modules } from "./modules.ts";
export { reload } from "./reload.ts";
