/** "did you mean …?" for a word that nearly is one of those there are. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(4, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const each of known) {
    if (Math.abs(each.length - word.length) >= least) continue;
    const steps = distance(word, each);
    if (steps < least) [best, least] = [each, steps];
  }
  return best === undefined ? undefined : `did you mean ${best}?`;
}

/** Whether a word is one letter away from one that there is: most likely it was meant. */
export function isSlip(word: string, known: Iterable<string>): boolean {
  if (word.length < 5) return false;
  for (const each of known) if (Math.abs(each.length - word.length) < 2 && distance(word, each) === 1) return true;
  return false;
}

/** How many letters must be put in, left out, replaced or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
