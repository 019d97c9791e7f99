import type { Result } from "./measure.ts";

/** One line for each contender: its median, and how ours compare with it. */
export function printTable(results: readonly Result[]): void {
  for (const { title, rounds, medians } of results) {
    console.log(`${title}  (median of ${rounds})`);
    const others = Object.entries(medians).filter(([name]) => !name.startsWith("evenkeel"));
    for (const [name, time] of Object.entries(medians)) {
      const against = others.map(([other, theirs]) => `${(time / theirs).toFixed(2)} × ${other}`);
      const ratio = name.startsWith("evenkeel") ? `   ${against.join(", ")}` : "";
      console.log(`  ${name.padEnd(34)} ${time.toFixed(time < 100 ? 1 : 0).padStart(8)} ms${ratio}`);
    }
    console.log();
  }
}
