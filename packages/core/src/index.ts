export type { ErrorFacts, Place } from "./errors.ts";
export { ConnectError, InputError, InternalError, StepError } from "./errors.ts";
export { REDACTED, Secret } from "./secret.ts";
