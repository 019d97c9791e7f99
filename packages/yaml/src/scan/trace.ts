/** From a scalar's characters to where they were written: pairs of an index in the value and an offset in the text. */
export type Trace = number[];

/** The offset in the text of the character at an index of the value. */
export function offsetAt(trace: Trace, index: number): number | undefined {
  let best: number | undefined;
  for (let i = 0; i < trace.length; i += 2) {
    const from = trace[i] as number;
    if (from > index) break;
    best = (trace[i + 1] as number) + index - from;
  }
  return best;
}
