import type { AnyModule } from "@evenkeel/core";
import { authorizedKey } from "./accounts/authorized-key.ts";
import { group } from "./accounts/group.ts";
import { sudoers } from "./accounts/sudoers.ts";
import { user } from "./accounts/user.ts";
import { validateArgumentSpec } from "./arguments/validate-argument-spec.ts";
import { command } from "./commands/command.ts";
import { raw } from "./commands/raw.ts";
import { script } from "./commands/script.ts";
import { shell } from "./commands/shell.ts";
import { addHost } from "./control/add-host.ts";
import { assert } from "./control/assert.ts";
import { asyncStatus } from "./control/async-status.ts";
import { debug } from "./control/debug.ts";
import { expect } from "./control/expect.ts";
import { fail } from "./control/fail.ts";
import { groupBy } from "./control/group-by.ts";
import { includeVars } from "./control/include-vars.ts";
import { ping } from "./control/ping.ts";
import { setFact } from "./control/set-fact.ts";
import { setStats } from "./control/set-stats.ts";
import { getent } from "./facts/getent.ts";
import { packageFacts } from "./facts/package-facts.ts";
import { serviceFacts } from "./facts/service-facts.ts";
import { setup } from "./facts/setup.ts";
import { assemble } from "./files/assemble.ts";
import { blockinfile } from "./files/blockinfile.ts";
import { copy } from "./files/copy.ts";
import { fetch } from "./files/fetch.ts";
import { fileModule } from "./files/file.ts";
import { find } from "./files/find.ts";
import { getUrl } from "./files/get-url.ts";
import { iniFile } from "./files/ini-file.ts";
import { lineinfile } from "./files/lineinfile.ts";
import { replace } from "./files/replace.ts";
import { slurp } from "./files/slurp.ts";
import { stat } from "./files/stat.ts";
import { tempfile } from "./files/tempfile.ts";
import { template } from "./files/template.ts";
import { unarchive } from "./files/unarchive.ts";
import { git } from "./git/git.ts";
import { hostname } from "./host/hostname.ts";
import { hostsEntry } from "./host/hosts-entry.ts";
import { localeGen } from "./host/locale-gen.ts";
import { mount } from "./host/mount.ts";
import { reboot } from "./host/reboot.ts";
import { sysctl } from "./host/sysctl.ts";
import { timezone } from "./host/timezone.ts";
import { uri } from "./http/uri.ts";
import { apk } from "./packages/apk.ts";
import { apt } from "./packages/apt.ts";
import { debconf } from "./packages/debconf.ts";
import { dnf } from "./packages/dnf.ts";
import { dpkgSelections } from "./packages/dpkg-selections.ts";
import { packageModule } from "./packages/package.ts";
import { aptKey } from "./repositories/apt-key.ts";
import { aptRepository } from "./repositories/apt-repository.ts";
import { deb822Repository } from "./repositories/deb822-repository.ts";
import { cron } from "./scheduling/cron.ts";
import { service } from "./services/service.ts";
import { systemd, systemdService } from "./services/systemd.ts";
import { sysvinit } from "./services/sysvinit.ts";
import { pause } from "./waiting/pause.ts";
import { waitFor } from "./waiting/wait-for.ts";
import { waitForConnection } from "./waiting/wait-for-connection.ts";

/** All modules that there are here. */
export const modules: readonly AnyModule[] = [
  // Files.
  assemble,
  blockinfile,
  copy,
  fetch,
  fileModule,
  find,
  getUrl,
  iniFile,
  lineinfile,
  replace,
  slurp,
  stat,
  tempfile,
  template,
  unarchive,
  // System.
  sudoers,
  getent,
  packageFacts,
  serviceFacts,
  setup,
  hostname,
  hostsEntry,
  localeGen,
  mount,
  reboot,
  sysctl,
  timezone,
  debconf,
  dpkgSelections,
  aptKey,
  aptRepository,
  deb822Repository,
  cron,
  apk,
  apt,
  authorizedKey,
  dnf,
  group,
  packageModule,
  service,
  systemd,
  systemdService,
  sysvinit,
  user,
  // Running things.
  command,
  expect,
  git,
  raw,
  script,
  shell,
  // Control.
  addHost,
  assert,
  asyncStatus,
  debug,
  fail,
  groupBy,
  includeVars,
  pause,
  ping,
  setFact,
  setStats,
  uri,
  validateArgumentSpec,
  waitFor,
  waitForConnection,
];
