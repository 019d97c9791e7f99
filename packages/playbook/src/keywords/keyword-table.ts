/** What can have keywords. */
export type Bearer = "play" | "block" | "task" | "handler" | "role" | "include" | "import_playbook";

/** What the value of a keyword is, for checking it where it is written. */
export type KeywordForm =
  | "text"
  | "texts"
  | "flag"
  | "integer"
  | "number"
  | "percent"
  | "conditions"
  | "mapping"
  | "list"
  | "nodes"
  | "anything";

const everywhere: Readonly<Record<string, KeywordForm>> = {
  name: "text",
  connection: "text",
  port: "integer",
  remote_user: "text",
  vars: "mapping",
  module_defaults: "anything",
  environment: "anything",
  no_log: "flag",
  run_once: "flag",
  ignore_errors: "flag",
  ignore_unreachable: "flag",
  check_mode: "flag",
  diff: "flag",
  any_errors_fatal: "flag",
  throttle: "integer",
  timeout: "integer",
  debugger: "text",
  become: "flag",
  become_method: "text",
  become_user: "text",
  become_flags: "text",
  become_exe: "text",
  tags: "texts",
  collections: "texts",
};

const onNodes: Readonly<Record<string, KeywordForm>> = {
  ...everywhere,
  when: "conditions",
  delegate_to: "text",
  delegate_facts: "flag",
  // Our own: put back by the host itself unless we can come back.
  guard: "flag",
};

const task: Readonly<Record<string, KeywordForm>> = {
  ...onNodes,
  notify: "texts",
  action: "anything",
  local_action: "anything",
  args: "anything",
  async: "integer",
  poll: "integer",
  changed_when: "conditions",
  failed_when: "conditions",
  until: "conditions",
  retries: "integer",
  delay: "number",
  loop: "anything",
  loop_control: "mapping",
  register: "text",
};

const byBearer: Readonly<Record<Bearer, Readonly<Record<string, KeywordForm>>>> = {
  play: {
    ...everywhere,
    hosts: "texts",
    user: "text",
    gather_facts: "flag",
    gather_subset: "texts",
    gather_timeout: "integer",
    fact_path: "text",
    vars_files: "anything",
    vars_prompt: "list",
    roles: "list",
    handlers: "nodes",
    pre_tasks: "nodes",
    tasks: "nodes",
    post_tasks: "nodes",
    force_handlers: "flag",
    max_fail_percentage: "percent",
    serial: "anything",
    strategy: "text",
    order: "text",
  },
  block: { ...onNodes, notify: "texts", block: "nodes", rescue: "nodes", always: "nodes" },
  task,
  handler: { ...task, listen: "texts" },
  role: { ...onNodes, role: "text" },
  include: pick(
    task,
    "name vars when tags loop loop_control run_once register no_log ignore_errors timeout collections debugger args action",
  ),
  import_playbook: { ...everywhere, when: "conditions", import_playbook: "text" },
};

/** The keywords that something can have, and their forms. */
export function keywordsOf(bearer: Bearer): Readonly<Record<string, KeywordForm>> {
  return byBearer[bearer];
}

/** Which bearers do have a keyword, for whoever put it in a wrong place. */
export function bearersOf(keyword: string): readonly Bearer[] {
  return (Object.keys(byBearer) as Bearer[]).filter((each) => keyword in byBearer[each]);
}

function pick(from: Readonly<Record<string, KeywordForm>>, names: string): Readonly<Record<string, KeywordForm>> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.split(" ").includes(name)));
}
