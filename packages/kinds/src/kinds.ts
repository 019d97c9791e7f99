import type { AnyKind } from "@evenkeel/core";
import { http } from "./act/http.ts";
import { wait } from "./act/wait.ts";
import { below } from "./below/below.ts";
import { bytes } from "./bytes/bytes.ts";
import { command } from "./command/command.ts";
import { glob } from "./command/glob.ts";
import { fetched } from "./fetched/fetched.ts";
import { file } from "./file/file.ts";
import { fileTimes } from "./file-times/file-times.ts";
import { find } from "./find/find.ts";
import { fragments } from "./fragments/fragments.ts";
import { ourFragments } from "./fragments/our-fragments.ts";
import { git } from "./git/git.ts";
import { group } from "./group/group.ts";
import { job } from "./job/job.ts";
import { debFile } from "./package/deb-file.ts";
import { softwarePackage } from "./package/package.ts";
import { packageLists } from "./package/package-lists.ts";
import { packages } from "./package/packages.ts";
import { authorizedKeys } from "./ssh/authorized-keys.ts";
import { sshKey } from "./ssh/ssh-key.ts";
import { stat } from "./stat/stat.ts";
import { temporary } from "./temporary/temporary.ts";
import { tree } from "./tree/tree.ts";
import { systemdManager } from "./unit/systemd-manager.ts";
import { unit } from "./unit/unit.ts";
import { user } from "./user/user.ts";

/** All kinds that there are here. */
export const kinds: readonly AnyKind[] = [
  authorizedKeys,
  debFile,
  command,
  file,
  tree,
  fileTimes,
  below,
  bytes,
  fetched,
  find,
  fragments,
  ourFragments,
  stat,
  temporary,
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
