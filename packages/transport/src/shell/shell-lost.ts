import type { ChannelEnd } from "../link.ts";

/** The shell went away while it was wanted. What had been asked of it may or may not have happened. */
export class ShellLost extends Error {
  readonly end: ChannelEnd;
  /** What was printed outside of any answer. */
  readonly stray: string;

  constructor(end: ChannelEnd, stray: string) {
    super(`the shell is gone: ${describe(end)}`);
    this.name = "ShellLost";
    this.end = end;
    this.stray = stray;
  }
}

function describe(end: ChannelEnd): string {
  if (end.kind === "exited") return `it exited with status ${end.code}`;
  if (end.kind === "signalled") return `it was ended by ${end.signal}`;
  return end.reason;
}
