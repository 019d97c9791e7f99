export { Behind } from "./behind.ts";
export type { HostTally, Outcome, Result, RunEvent } from "./events.ts";
export type { Reach } from "./host-run.ts";
export { breakLock, readRecords } from "./ledger/read-records.ts";
export type { Holder, Pending } from "./ledger/records.ts";
export type { FaultPoint, Run } from "./run.ts";
export { runPlaybook } from "./run-playbook.ts";
