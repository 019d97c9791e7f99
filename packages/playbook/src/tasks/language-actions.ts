/** What is called like a module and belongs to the language. */
export const languageActions = [
  "include_tasks",
  "import_tasks",
  "include_role",
  "import_role",
  "meta",
  "include",
  "import_playbook",
  // A module whose name a template makes.
  "action",
] as const;

export type LanguageAction = (typeof languageActions)[number];

const collections = ["ansible.builtin.", "ansible.legacy.", "ansible.posix.", "community.general.", "community.mysql."];

export function isOurCollection(name: string): boolean {
  return collections.some((each) => name.startsWith(each));
}

/** A name without the collection that we stand in for. */
export function shortName(name: string): string {
  const collection = collections.find((each) => name.startsWith(each));
  const short = collection ? name.slice(collection.length) : name;
  return short === "gather_facts" ? "setup" : short;
}

export function isLanguageAction(name: string): name is LanguageAction {
  return (languageActions as readonly string[]).includes(name);
}
