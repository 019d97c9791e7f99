/** A file of kernel settings with one of them set, or taken out. As Ansible does it, settings are then said once, and tightly. */
export function sysctlText(text: string, name: string, value: string | undefined): string {
  const lines =
    text === ""
      ? []
      : text
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => line.trim());
  const now = lines.filter(isSetting).findLast((line) => nameOf(line) === name);
  if (now === undefined ? value === undefined : now.slice(now.indexOf("=") + 1).trim() === value) return text;
  const seen = new Set<string>();
  const kept = lines.flatMap((line) => {
    if (!isSetting(line)) return [line];
    const each = nameOf(line);
    if (seen.has(each)) return [];
    seen.add(each);
    if (each !== name) return [`${each}=${line.slice(line.indexOf("=") + 1).trim()}`];
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const added = value === undefined || seen.has(name) ? [] : [`${name}=${value}`];
  return [...kept, ...added].map((line) => `${line}\n`).join("");
}

function isSetting(line: string): boolean {
  return line.includes("=") && !/^[#;]/.test(line);
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf("=")).trim();
}
