export type { Action, Change, Interruption } from "./change.ts";
export { isAct } from "./change.ts";
export { closest, isSlip } from "./closest.ts";
export { describeModule } from "./describe-module.ts";
export type { ErrorFacts, Place } from "./errors.ts";
export { ConnectError, InputError, InternalError, StepError } from "./errors.ts";
export type {
  HostAnswer,
  HostDoor,
  HostFile,
  HostJob,
  HostOutcome,
  HostPort,
  HostRead,
  HostTree,
  HostWatch,
} from "./host-port.ts";
export {
  type AnyKind,
  defineKind,
  type Kind,
  type KindDefinition,
  type OwnKindDefinition,
  type ShellKindDefinition,
  type Unsettling,
} from "./kind.ts";
export { type AnyModule, defineModule, type Made, type Module, type ParamWords } from "./module.ts";
export { ExpressionParam, LocalFileParam, MaybeSecret, Refused } from "./param-types.ts";
export type {
  AddedHost,
  Become,
  Block,
  Handler,
  Include,
  Loop,
  Meta,
  Node,
  Play,
  Program,
  RunFacts,
  Task,
  Until,
} from "./program/program.ts";
export type { HostMemory, Open, Scope } from "./program/scope.ts";
export type { Answers, Observed, Queries, Query } from "./query.ts";
export { quote, quoteAll } from "./quote.ts";
export { readWords } from "./read-words.ts";
export { REDACTED, Secret } from "./secret.ts";
export type {
  LocalFile,
  OwnStep,
  RunStep,
  Step,
  StepExecutor,
  StepOutput,
  TreeStep,
  WaitStep,
  WriteStep,
} from "./step.ts";
export { isUnsettled, type Unsettled, UnsettledValue, unsettled } from "./unsettled.ts";
