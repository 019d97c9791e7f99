/** OpenSSH's wildcards: `*` is any text, `?` any one character. Never slower than text × pattern. */
export function matchPattern(text: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let p = 0;
  while (at < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      resume = at;
    } else if (pattern[p] === "?" || pattern[p] === text[at]) {
      p++;
      at++;
    } else if (star !== -1) {
      p = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

const LONGEST = 1023;

/** A list as in known_hosts: separated by commas, case folded, and a `!pattern` that matches refuses the whole line. */
export function matchPatternList(text: string, patterns: string): boolean {
  let isMatched = false;
  for (const written of patterns.split(",")) {
    const isNegated = written.startsWith("!");
    const pattern = foldCase(isNegated ? written.slice(1) : written);
    if (pattern.length > LONGEST) return false;
    if (!matchPattern(text, pattern)) continue;
    if (isNegated) return false;
    isMatched = true;
  }
  return isMatched;
}

/** ASCII only, as C's `tolower` in the C locale: `İ` must not become two letters. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
