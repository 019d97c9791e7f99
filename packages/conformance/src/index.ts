export { type HostExample, type HostUnderTest, hostLaws } from "./host-laws.ts";
export { type Example, type Law, moduleLaws } from "./module-laws.ts";
