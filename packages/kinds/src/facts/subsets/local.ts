/** Facts that a host's own files give: JSON, or sections of names and values. What cannot be read says so. */
export function parseLocal(text: string) {
  const local: Record<string, unknown> = {};
  let rest = Buffer.from(text);
  for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
    const [, size, name] = /^ *(\d+) (.*)$/s.exec(rest.toString("utf8", 0, end)) ?? [];
    if (size === undefined || name === undefined) break;
    const told = rest.toString("utf8", end + 1, end + 1 + Number(size));
    rest = rest.subarray(end + 1 + Number(size) + 1);
    local[name] = factIn(told, name);
  }
  return { local };
}

/** The last line is what the program ended with. */
function factIn(told: string, name: string): unknown {
  const at = told.lastIndexOf("\n", told.length - 1);
  const [text, code] = at < 0 ? ["", told] : [told.slice(0, at + 1), told.slice(at + 1)];
  const bare = code.trim();
  if (!/^\d+$/.test(bare)) return valueIn(told.replace(/\d+$/, ""), name);
  return bare === "0" ? valueIn(text, name) : `Failure executing fact script (${name}), rc: ${bare}`;
}

function valueIn(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return sectionsIn(text) ?? `error loading facts as JSON or ini - please check content: ${name}`;
  }
}

function sectionsIn(text: string): Record<string, Record<string, string>> | undefined {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> | undefined;
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || /^[#;]/.test(line)) continue;
    const title = /^\[(.+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (title !== undefined) current = sections[title] ??= {};
    else if (current && key !== undefined) current[key.toLowerCase()] = value ?? "";
    else return undefined;
  }
  return Object.keys(sections).length > 0 ? sections : undefined;
}
