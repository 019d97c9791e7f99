export type { Change, Interruption, Step } from "./change.ts";
export type { ErrorFacts, Place } from "./errors.ts";
export { ConnectError, InputError, InternalError, StepError } from "./errors.ts";
export { type AnyKind, defineKind, type Kind, type KindDefinition, type Unsettling } from "./kind.ts";
export { type AnyModule, defineModule, type Module } from "./module.ts";
export type { Answers, Observed, Queries, Query } from "./query.ts";
export { quote, quoteAll } from "./quote.ts";
export { REDACTED, Secret } from "./secret.ts";
export { isUnsettled, type Unsettled, unsettled } from "./unsettled.ts";
