export { executors, modules } from "./modules.ts";
export { ownFile } from "./own-file.ts";
export { site } from "./site.ts";
export { upstream } from "./upstream.ts";
