export { type Converge, converge, type ReadyTask } from "./converge.ts";
export type { HostTally, RunEvent } from "./events.ts";
