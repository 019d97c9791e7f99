/** Where an inventory's variables can be set, from what gives way to all others to what gives way to none of them. */
export type InventoryLevel =
  | "inventory group vars"
  | "inventory group_vars/all"
  | "playbook group_vars/all"
  | "inventory group_vars"
  | "playbook group_vars"
  | "inventory host vars"
  | "inventory host_vars"
  | "playbook host_vars";
