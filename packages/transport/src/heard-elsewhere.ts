/** Stands where a failure is told to somebody else: without a listener here, Node would end the process over it. */
export function heardElsewhere(): void {
  return;
}
