/** "did you mean …?" for a word that nearly is one of those there are. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((each) => ({ each, distance: distance(word, each) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.min(4, Math.max(1, Math.floor(word.length / 3)))
    ? `did you mean ${best.each}?`
    : undefined;
}

/** Whether a word is one letter away from one that there is: most likely it was meant. */
export function isSlip(word: string, known: Iterable<string>): boolean {
  if (word.length < 5) return false;
  for (const each of known) if (Math.abs(each.length - word.length) < 2 && distance(word, each) === 1) return true;
  return false;
}

/** Levenshtein's, with swapped neighbours as one step. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  rows[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const step = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = rows[i];
      if (row) row[j] = isSwap ? Math.min(step, at(i - 2, j - 2) + 1) : step;
    }
  }
  return at(a.length, b.length);
}
