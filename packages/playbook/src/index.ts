export { parsePlaybook } from "./parse-playbook.ts";
export type { Play, Task } from "./playbook.ts";
