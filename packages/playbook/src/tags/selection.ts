/** What `--tags` and `--skip-tags` say. */
export interface Selection {
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
}

/** Whether a task with these tags is to run; as Ansible decides it. */
export function isSelected(tags: ReadonlySet<string>, { tags: only, skipTags }: Selection): boolean {
  const isTagged = tags.size > 0;
  const isNever = tags.has("never");
  const wanted = only.length === 0 ? ["all"] : only;
  const isWanted =
    tags.has("always") ||
    (wanted.includes("all") && !isNever) ||
    wanted.some((each) => tags.has(each) || (!isTagged && each === "untagged")) ||
    (wanted.includes("tagged") && isTagged && !isNever);
  if (!isWanted) return false;
  if (skipTags.includes("all")) return tags.has("always") && !skipTags.includes("always");
  if (skipTags.some((each) => tags.has(each) || (!isTagged && each === "untagged"))) return false;
  return !(skipTags.includes("tagged") && isTagged);
}
