import { LazyDict } from "@evenkeel/template";

/** Facts as `ansible_facts` has them: without the prefix that they have as variables. */
export function deprefixed(facts: Readonly<Record<string, unknown>>): unknown {
  const keys = () => Object.keys(facts).map((name) => (isPrefixed(name) ? name.slice(prefix.length) : name));
  const get = (key: string) => {
    const name = key === "local" || !Object.hasOwn(facts, prefix + key) ? key : prefix + key;
    return Object.hasOwn(facts, name) && !(isPrefixed(name) && name === key) ? facts[name] : undefined;
  };
  return new LazyDict({ keys, get });
}

const prefix = "ansible_";

function isPrefixed(name: string): boolean {
  return name.startsWith(prefix) && name !== "ansible_local";
}

/** What a host says of itself must not decide how it is spoken to, or as whom. */
export function isFactVariable(name: string): boolean {
  if (name.startsWith("ansible_ssh_host_key_")) return true;
  if (connectionNames.has(name) || /^ansible_.*_interpreter$/.test(name) || name.startsWith("ansible_become_"))
    return false;
  return !/^ansible_(ssh|local|winrm|psrp|paramiko|network|docker|podman)_(?!.*bridge$)/.test(name);
}

const connectionNames = new Set(
  [
    "become become_user become_method become_pass become_password become_flags become_exe connection host port user",
    "password timeout private_key_file sudo sudo_user sudo_pass su su_user su_pass shell_executable shell_type",
    "remote_tmp pipelining scp_extra_args sftp_extra_args host_key_checking",
  ].flatMap((line) => line.split(" ").map((word) => prefix + word)),
);
