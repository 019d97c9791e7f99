export { describeReport } from "./describe-report.ts";
export type { ErrorClass } from "./error-class.ts";
export type { ProbeOptions, ProbeTarget, RequestKind, TrafficClass } from "./probe-options.ts";
export type { ClassReport, ErrorReport, ErrorSample, ProbeReport, Seen } from "./probe-report.ts";
export { type Probe, startProbe } from "./start-probe.ts";
