import type { AnyModule } from "@evenkeel/core";
import { authorizedKey } from "./accounts/authorized-key.ts";
import { group } from "./accounts/group.ts";
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
import { copy } from "./files/copy.ts";
import { fileModule } from "./files/file.ts";
import { git } from "./git/git.ts";
import { uri } from "./http/uri.ts";
import { apk } from "./packages/apk.ts";
import { apt } from "./packages/apt.ts";
import { dnf } from "./packages/dnf.ts";
import { packageModule } from "./packages/package.ts";
import { service } from "./services/service.ts";
import { systemd, systemdService } from "./services/systemd.ts";
import { sysvinit } from "./services/sysvinit.ts";
import { pause } from "./waiting/pause.ts";
import { waitFor } from "./waiting/wait-for.ts";
import { waitForConnection } from "./waiting/wait-for-connection.ts";

/** All modules that there are here. */
export const modules: readonly AnyModule[] = [
  // Files.
  copy,
  fileModule,
  // System.
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
