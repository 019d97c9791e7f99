export { copy } from "./copy.ts";
export { fileModule } from "./file.ts";
export { packageModule } from "./package.ts";
export { service } from "./service.ts";
