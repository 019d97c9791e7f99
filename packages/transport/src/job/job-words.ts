import { quote, readWords } from "@evenkeel/core";

/** The words that jobs use on a host: see job.sh and supervisor.sh. */
export function jobWords(): string {
  const supervisor = readWords(new URL("./supervisor.sh", import.meta.url));
  return `evk_super=${quote(supervisor)}\n${readWords(new URL("./job.sh", import.meta.url))}`;
}
