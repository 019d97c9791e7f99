/** Serial numbers go round at 2^32; what is ahead by less than half of that is later (RFC 1982). */
const ROUND = 2 ** 32;

export function isLater(one: number, other: number): boolean {
  const ahead = (one - other + ROUND) % ROUND;
  return ahead > 0 && ahead < ROUND / 2;
}

/** A serial that is later than all of these: the day's first (`20261121` gives 2026112101) if that is, else the next number. */
export function nextSerial(seen: readonly number[], day: string | undefined): number {
  const latest = seen.reduce<number | undefined>(
    (best, each) => (best === undefined || isLater(each, best) ? each : best),
    undefined,
  );
  const dated = day === undefined ? undefined : Number(day) * 100 + 1;
  if (latest === undefined) return dated ?? 1;
  if (dated !== undefined && isLater(dated, latest)) return dated;
  // Nought is not told apart from none by everybody.
  return (latest + 1) % ROUND || 1;
}
