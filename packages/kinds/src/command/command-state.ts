/** A command as it stands before it is run, or what running it means. */
export interface CommandState {
  /** Nothing is left for it to do: it has run, or its own question says so. */
  readonly isDone: boolean;
  /** What running it may touch: `file:/etc/x`, `package:*`. */
  readonly touches?: readonly string[] | "anything";
  /** Paths that are there once it has run. */
  readonly creates?: readonly string[];
}
