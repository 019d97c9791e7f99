/** Ansible's `name=value` texts: `start=1 end=5`, with quotes where there are blanks. What is no pair is the rest. */
export function readPairs(text: string): { readonly pairs: ReadonlyMap<string, string>; readonly rest: string } {
  const pairs = new Map<string, string>();
  const rest: string[] = [];
  for (const [word] of text.matchAll(/(?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+/g)) {
    const match = /^([^=\s]+)=([\s\S]*)$/.exec(word);
    if (match === null) rest.push(word);
    else pairs.set(match[1] ?? "", unquote(match[2] ?? ""));
  }
  return { pairs, rest: rest.join(" ") };
}

function unquote(text: string): string {
  return /^(['"])[\s\S]*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
