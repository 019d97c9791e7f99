/** The facts that texts name, without their prefix; `all` when that cannot be told. */
export type NamedFacts = ReadonlySet<string> | "all";

/**
 * Looks for the names of facts in files of all sorts, as text: to find one too many costs a question, to miss one would be
 * wrong. A name that is put together when it is needed may be any.
 */
export function factsInTexts(texts: Iterable<string>): NamedFacts {
  const found = new Set<string>();
  for (const text of texts) {
    if (!text.includes("ansible_")) continue;
    for (const [, name = ""] of text.matchAll(/\bansible_(\w*)/g)) {
      if (isFact(name)) found.add(name);
      if (name === "" || name.endsWith("_")) return "all";
    }
    for (const name of namespaced(text)) {
      if (name === undefined) return "all";
      found.add(name);
    }
  }
  return found;
}

/** `ansible_facts.name` and `ansible_facts["name"]`; undefined for any other way to use it. */
function* namespaced(text: string): Iterable<string | undefined> {
  for (const match of text.matchAll(/\bansible_facts\b(?:\s*(?:\.\s*(\w+)|\[\s*(['"])(\w+)\2\s*\]))?/g)) {
    const name = match[1] ?? match[3];
    const isResult = /\.\s*$/.test(text.slice(Math.max(0, match.index - 3), match.index));
    if (!isResult || name !== undefined) yield name;
  }
}

/** Variables that begin like facts, and are none. */
const others = new Set(
  [
    "facts managed host port user password connection become become_user become_method become_password become_pass",
    "become_flags become_exe ssh_private_key_file private_key_file ssh_common_args ssh_extra_args ssh_args ssh_pass",
    "ssh_host ssh_port ssh_user sudo_pass python_interpreter check_mode diff_mode verbosity forks limit version",
    "run_tags skip_tags config_file playbook_python search_path inventory_sources play_name play_hosts play_hosts_all",
    "play_batch play_role_names role_names role_name dependent_role_names parent_role_names parent_role_paths",
    "collection_name loop loop_var index_var failed_task failed_result delegated_vars shell_type shell_executable",
    "remote_tmp pipelining host_key_checking timeout group_priority included_var_files job_id result",
  ].flatMap((line) => line.split(" ")),
);

function isFact(name: string): boolean {
  return name !== "" && !others.has(name);
}
