export type { DesiredFile } from "./file/desired-file.ts";
export { file } from "./file/file.ts";
export type { FileState, PresentFile } from "./file/file-state.ts";
export { aptPackage, type DesiredPackage, ensurePackages } from "./package/package.ts";
export type { PackageState } from "./package/package-state.ts";
export { actOnUnit, type DesiredUnit, unit } from "./unit/unit.ts";
export type { PresentUnit, UnitState } from "./unit/unit-state.ts";
export { type DesiredUser, user } from "./user/user.ts";
export type { PresentUser, UserState } from "./user/user-state.ts";
