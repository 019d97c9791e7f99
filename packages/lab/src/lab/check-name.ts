import { inputProblems } from "./input-problems.ts";

/** Names become host names, container names and folders: letters, digits and hyphens fit all of them. */
export function checkName(kind: "host" | "lab" | "snapshot", name: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return name;
  throw inputProblems.badName(kind, name);
}
