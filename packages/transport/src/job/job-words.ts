import { quote, readWords } from "@evenkeel/core";

/** The words that jobs use on a host: see records.sh, output.sh, job.sh and supervisor.sh. */
export function jobWords(): string {
  const words = ["records", "output", "job"].map((name) => wordsOf(name)).join("");
  // The keeper of a job that nobody follows is handed them as they are.
  return `evk_super=${quote(wordsOf("supervisor"))}\nevk_words=${quote(words)}\neval "$evk_words"\n`;
}

/** Those that suffice to look at the records. */
export function recordWords(): string {
  return wordsOf("records");
}

function wordsOf(name: string): string {
  return readWords(new URL(`./${name}.sh`, import.meta.url));
}
