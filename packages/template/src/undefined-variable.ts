import { InputError } from "@evenkeel/core";

/**
 * A template uses what is not there. A scope may throw it when a variable's own template does: then the variable counts as
 * undefined, so that `default` and `is defined` apply to it, as in Ansible.
 */
export class UndefinedVariable extends InputError {}
