/** A path as a key: no doubled, no trailing and no `.` parts. `..` stays, since links decide what it means. */
export function cleanPath(path: string): string {
  const parts = path.split("/").filter((part, index) => index === 0 || (part !== "" && part !== "."));
  return parts.length === 1 && parts[0] === "" ? "/" : parts.join("/");
}

/** The last part of a path. */
export function nameIn(path: string): string {
  return cleanPath(path).replace(/^.*\//, "");
}
