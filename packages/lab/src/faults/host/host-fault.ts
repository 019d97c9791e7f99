/** A fault that holds until it is undone: by `undo`, or at the end of an `await using` block. */
export interface HostFault extends AsyncDisposable {
  /** A second call does nothing more. */
  undo(): Promise<void>;
}

/** The part of a lab's host that faults need. */
export interface FaultHost {
  name: string;
  /** Runs a program in the host, as its root. */
  run(argv: readonly string[]): Promise<{ stdout: string }>;
  /** Runs a program of the host's with the machine's privileges: a host may not mount anything itself. */
  enter(argv: readonly string[]): Promise<{ stdout: string }>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(options?: { hard?: boolean }): Promise<void>;
  start(): Promise<void>;
}

/** A fault from what takes it back. */
export function hostFault(undo: () => Promise<unknown>): HostFault {
  let undone: Promise<void> | undefined;
  const undoOnce = () => {
    undone ??= undo().then(() => undefined);
    return undone;
  };
  return { undo: undoOnce, [Symbol.asyncDispose]: undoOnce };
}

/** The words that run a script of ours with its arguments. */
export function script(text: string, ...args: string[]): string[] {
  return ["sh", "-euc", text, "evenkeel-fault", ...args];
}
