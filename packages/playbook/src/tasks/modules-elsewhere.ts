import type { AnyModule } from "@evenkeel/core";
import { defineModule, InputError, isSlip } from "@evenkeel/core";
import type { Heritage } from "../keywords/heritage.ts";
import type { Written } from "../written/written.ts";
import { isOurCollection, shortName } from "./language-actions.ts";

/** Modules of Ansible's that roles call on systems of other sorts, behind a condition. */
const names = new Set(
  [
    "yum yum_repository rpm_key rhn_register redhat_subscription dnf5 zypper zypper_repository pacman portage pkgng",
    "openbsd_pkg pkgin homebrew homebrew_cask homebrew_tap macports opkg xbps swupd slackpkg snap flatpak layman sorcery",
    "selinux selinux_permissive seboolean sefcontext seport selogin firewalld ufw iptables pamd pam_limits alternatives",
    "modprobe kernel_blacklist parted filesystem lvg lvol zfs mdadm_array capabilities interfaces_file nmcli",
    "service_mgr systemd_creds runit svc launchd sysvinit openrc supervisorctl monit jenkins_plugin pip pipx gem npm yarn",
    "composer cpanm bundler easy_install docker_container docker_image docker_network docker_volume docker_compose",
    "mysql_db mysql_user mysql_variables mysql_replication mysql_query mysql_info postgresql_db postgresql_user",
    "postgresql_privs postgresql_ext postgresql_query postgresql_set mongodb_user rabbitmq_user rabbitmq_vhost",
    "redis htpasswd openssl_privatekey openssl_csr openssl_certificate x509_certificate acme_certificate java_cert",
    "java_keystore xml archive synchronize patch subversion hg bzr dconf gconftool2 osx_defaults timezone_win",
    "win_command win_shell win_copy win_file win_template win_service win_package win_feature win_chocolatey win_user",
    "ec2 ec2_instance ec2_metadata_facts gce azure_rm_virtualmachine openstack k8s helm consul_kv slack mail telegram",
  ].flatMap((line) => line.split(" ")),
);

/**
 * With a condition somewhere around it, a task may call what we do not have: where it is come to, it fails and says so. A
 * role that serves other systems as well can be used all the same.
 */
export function modulesFor(
  task: Written,
  heritage: Heritage,
  modules: ReadonlyMap<string, AnyModule>,
): ReadonlyMap<string, AnyModule> {
  if (task.get("when") === undefined && heritage.all("when").length === 0) return modules;
  const elsewhere = task.entries.filter(([key]) => isElsewhere(key, modules));
  if (elsewhere.length === 0) return modules;
  return new Map([...modules, ...elsewhere.map(([key, written]) => [key, standIn(key, written)] as const)]);
}

/** Why a module's tasks cannot run; undefined for those that we have. */
export function refusalOf(module: AnyModule): InputError | undefined {
  return refusals.get(module);
}

const refusals = new WeakMap<AnyModule, InputError>();

function isElsewhere(key: string, modules: ReadonlyMap<string, AnyModule>): boolean {
  const short = shortName(key);
  if (modules.has(key) || modules.has(short)) return false;
  const parts = key.split(".");
  if (parts.length < 3) return names.has(short);
  if (!isOurCollection(key) || names.has(short)) return true;
  return !/^ansible\.(builtin|legacy)\./.test(key) && !isSlip(short, modules.keys());
}

function standIn(name: string, written: Written): AnyModule {
  const module = defineModule({
    name,
    summary: "",
    params: { type: "object", properties: {}, additionalProperties: true } as never,
    observe: () => ({}),
    plan: () => [],
    freeForm: "_raw_params" as never,
  });
  const refusal = new InputError({
    code: "playbook/unknown-module",
    message: `there is no module ${JSON.stringify(name)}`,
    place: written.keyPlace,
    hint: "Ansible has it, and we do not; a task whose condition is false may name it",
  });
  refusals.set(module, refusal);
  return module;
}
