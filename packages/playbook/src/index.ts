export type { ProgramOptions, ReadProgram } from "./program-options.ts";
export { readProgram } from "./read-program.ts";
