/** Where a variable can be set, from what gives way to all others to what gives way to none, by Ansible's numbers. */
export const levels = {
  "role defaults": 2,
  "inventory group vars": 3,
  "inventory group_vars/all": 4,
  "playbook group_vars/all": 5,
  "inventory group_vars": 6,
  "playbook group_vars": 7,
  "inventory host vars": 8,
  "inventory host_vars": 9,
  "playbook host_vars": 10,
  facts: 11,
  "play vars": 12,
  "play vars_prompt": 13,
  "play vars_files": 14,
  "role vars": 15,
  "block vars": 16,
  "task vars": 17,
  include_vars: 18,
  "set_fact and register": 19,
  "role parameters": 20,
  "include parameters": 21,
  "extra vars": 22,
  "magic variables": 23,
  "loop variables": 24,
} as const;

export type Level = keyof typeof levels;
