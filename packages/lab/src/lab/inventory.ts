import type { Lab } from "./lab.ts";

type Inventoried = Pick<Lab, "hosts" | "identityFile" | "knownHostsFile" | "deployPassword">;

/** OpenSSH's arguments for reaching the hosts of a lab, and only them, with nothing of the user's own. */
export function sshArguments({ identityFile, knownHostsFile }: Pick<Lab, "identityFile" | "knownHostsFile">): string[] {
  const options = [
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${knownHostsFile}`,
  ];
  return ["-F", "none", "-i", identityFile, ...options.flatMap((option) => ["-o", option])];
}

/** The hosts as an INI inventory that Evenkeel and Ansible both read. */
export function inventory({ hosts, identityFile, knownHostsFile, deployPassword }: Inventoried): string {
  const rows = hosts.map(
    ({ name, address, suite }) =>
      `${name} ansible_host=${address} ansible_user=${suite === "tiny" ? "root" : "deploy"}`,
  );
  return [
    "[lab]",
    ...rows,
    "",
    "[lab:vars]",
    `ansible_ssh_private_key_file=${identityFile}`,
    `ansible_ssh_common_args='-o IdentitiesOnly=yes -o UserKnownHostsFile=${knownHostsFile}'`,
    `ansible_become_password=${deployPassword}`,
    "",
  ].join("\n");
}
