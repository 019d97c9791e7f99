import type { Capture } from "./capture.ts";

/** Bytes that follow a request: exactly `size` of them. */
export interface Body {
  readonly size: number;
  readonly content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Where an answer's bytes go. A promise holds the wire back until it settles. */
export type Sink = (bytes: Buffer) => void | Promise<void>;

/** A piece of script and what is wanted of its output. */
export interface Piece {
  readonly script: string;
  readonly limit?: number;
  /** Takes stdout as it comes, instead of keeping it. */
  readonly sink?: Sink;
  /** For how long the host may neither say nor take anything while it owes this answer. Then the shell is given up. */
  readonly silentMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly stdout: Capture;
  readonly stderr: Capture;
}

/** What goes along with a request. */
export interface With {
  /** Functions that the pieces use; they travel once per shell. */
  readonly words?: () => string;
  readonly body?: Body;
  /** Called when everything asked earlier has been answered. */
  readonly onTurn?: () => void;
  /** Called for each piece's answer as soon as it is there. */
  readonly onAnswer?: (answer: Answer, index: number) => void;
}
