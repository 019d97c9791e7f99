export { copy } from "./copy.ts";
export { packageModule } from "./package.ts";
export { service } from "./service.ts";
