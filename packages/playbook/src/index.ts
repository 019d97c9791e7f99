export { parsePlaybook } from "./parse-playbook.ts";
export type { Play, Task } from "./playbook.ts";
export type { ProgramOptions, ReadProgram } from "./program-options.ts";
export { readProgram } from "./read-program.ts";
