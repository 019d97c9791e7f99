/** What stands in the way of a lab; stable, for code to branch on. */
export type LabUnavailableReason =
  | "not-linux"
  | "no-privilege"
  | "no-engine"
  | "engine-broken"
  | "install-failed"
  | "no-image-source";

/** This machine cannot run a lab as it is; `remedy` is the one thing to do about it. */
export class LabUnavailable extends Error {
  readonly code = "lab/unavailable";
  readonly reason: LabUnavailableReason;
  readonly remedy: string;

  constructor(reason: LabUnavailableReason, missing: string, remedy: string, options?: ErrorOptions) {
    super(`no lab on this machine: ${missing}\n  next  ${remedy}`, options);
    this.name = "LabUnavailable";
    this.reason = reason;
    this.remedy = remedy;
  }
}
