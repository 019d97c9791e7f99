import type { AnyKind } from "@evenkeel/core";
import { http } from "./act/http.ts";
import { wait } from "./act/wait.ts";
import { aptKeyFile } from "./apt-sources/apt-key-file.ts";
import { aptSources } from "./apt-sources/apt-sources.ts";
import { below } from "./below/below.ts";
import { boot } from "./boot/boot.ts";
import { bytes } from "./bytes/bytes.ts";
import { command } from "./command/command.ts";
import { glob } from "./command/glob.ts";
import { crontab } from "./cron/crontab.ts";
import { debconf } from "./debconf/debconf.ts";
import { download } from "./download/download.ts";
import { facts } from "./facts/facts.ts";
import { fetched } from "./fetched/fetched.ts";
import { file } from "./file/file.ts";
import { followedFile, longFile } from "./file/other-views.ts";
import { fileTimes } from "./file-times/file-times.ts";
import { find } from "./find/find.ts";
import { fragments } from "./fragments/fragments.ts";
import { ourFragments } from "./fragments/our-fragments.ts";
import { getent } from "./getent/getent.ts";
import { git } from "./git/git.ts";
import { group } from "./group/group.ts";
import { hostname } from "./hostname/hostname.ts";
import { job } from "./job/job.ts";
import { packageList } from "./lists/package-list.ts";
import { serviceList } from "./lists/service-list.ts";
import { locale } from "./locale/locale.ts";
import { timezone } from "./locale/timezone.ts";
import { mount } from "./mount/mount.ts";
import { nginxFile } from "./nginx/nginx-file.ts";
import { nginxServer } from "./nginx/nginx-server.ts";
import { debFile } from "./package/deb-file.ts";
import { softwarePackage } from "./package/package.ts";
import { packageLists } from "./package/package-lists.ts";
import { packageSelection } from "./package/package-selection.ts";
import { packages } from "./package/packages.ts";
import { authorizedKeys } from "./ssh/authorized-keys.ts";
import { sshKey } from "./ssh/ssh-key.ts";
import { stat } from "./stat/stat.ts";
import { sysctl } from "./sysctl/sysctl.ts";
import { temporary } from "./temporary/temporary.ts";
import { tree } from "./tree/tree.ts";
import { systemdManager } from "./unit/systemd-manager.ts";
import { unit } from "./unit/unit.ts";
import { unpacked } from "./unpacked/unpacked.ts";
import { user } from "./user/user.ts";

/** All kinds that there are here. */
export const kinds: readonly AnyKind[] = [
  // At the end of a play nginx goes before packages: what is started with all its files need not be started twice.
  nginxFile,
  nginxServer,
  aptKeyFile,
  aptSources,
  boot,
  crontab,
  debconf,
  facts,
  getent,
  hostname,
  locale,
  mount,
  packageList,
  packageSelection,
  serviceList,
  sysctl,
  timezone,
  authorizedKeys,
  debFile,
  command,
  file,
  followedFile,
  longFile,
  tree,
  fileTimes,
  below,
  bytes,
  download,
  fetched,
  find,
  fragments,
  ourFragments,
  stat,
  temporary,
  unpacked,
  git,
  glob,
  group,
  http,
  job,
  packageLists,
  packages,
  softwarePackage,
  sshKey,
  systemdManager,
  unit,
  user,
  wait,
];
