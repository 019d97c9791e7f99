export { type DesiredFile, file } from "./file/file.ts";
export type { FileState, PresentFile } from "./file/file-state.ts";
