/** Says on standard error what is going on, so that standard output holds the result alone. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
