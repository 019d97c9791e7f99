export { nginxOwnFile } from "./file.ts";
export { executors, modules } from "./modules.ts";
export { site } from "./site.ts";
export { upstream } from "./upstream.ts";
