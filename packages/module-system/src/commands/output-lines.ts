/** A text's lines as Python's `splitlines` has them, which is what playbooks see in `stdout_lines`. */
export function outputLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
