/** A .sources file as Ansible writes it: fields in the order of its parameters' names. */
export function deb822Text(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .filter(([name, value]) => value !== undefined && value !== null && name !== "mode" && name !== "state")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => field(fieldName(name), format(value)))
    .join("");
}

function fieldName(name: string): string {
  if (name === "name") return "X-Repolib-Name";
  if (name === "uris") return "URIs";
  return name
    .split("_")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("-");
}

function format(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(" ") : String(value);
}

/** Lines after the first are indented, and an empty one is a dot. */
function field(name: string, value: string): string {
  if (!value.includes("\n")) return `${name}: ${value}\n`;
  const lines = value
    .trim()
    .split("\n")
    .map((line) => `    ${line.trim() || "."}\n`);
  return `${name}:\n${lines.join("")}`;
}
