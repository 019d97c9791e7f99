export { type ActState, undone } from "./act/act-kind.ts";
export { http } from "./act/http.ts";
export { wait } from "./act/wait.ts";
export { type AptKeyFileState, aptKeyFile } from "./apt-sources/apt-key-file.ts";
export { type AptSourcesState, aptSources } from "./apt-sources/apt-sources.ts";
export { type BelowEntry, type BelowState, below } from "./below/below.ts";
export { type BootState, boot, bootIdScript } from "./boot/boot.ts";
export { type BytesState, bytes } from "./bytes/bytes.ts";
export { type CommandQuestion, command, type DesiredRun, notYetRun } from "./command/command.ts";
export type { CommandLine } from "./command/command-line.ts";
export type { CommandState } from "./command/command-state.ts";
export { expandedWord, hasMagic, isLiteral } from "./command/expanded-word.ts";
export { type GlobState, glob } from "./command/glob.ts";
export { comparedWith, comparisonIn } from "./comparison/comparison.ts";
export { type CrontabState, crontab } from "./cron/crontab.ts";
export { type DebconfState, debconf } from "./debconf/debconf.ts";
export { type DesiredDownload, type DownloadComparison, type DownloadState, download } from "./download/download.ts";
export { downloadExecutor } from "./download/download-executor.ts";
export type { DownloadVia } from "./download/download-via.ts";
export { ansibleSubsets, type FactSubset, factNames, isFactSubset, subsetOf } from "./facts/fact-subsets.ts";
export { type FactsState, facts } from "./facts/facts.ts";
export { fetchExecutor } from "./fetched/fetch-executor.ts";
export { type FetchedState, fetched } from "./fetched/fetched.ts";
export { BACKUP_STEP } from "./file/content-step.ts";
export type { Attributes, DesiredFile, FileContent, HostFileContent } from "./file/desired-file.ts";
export { file, foldersOf } from "./file/file.ts";
export type { FileState, PresentFile } from "./file/file-state.ts";
export { followed, itself, type Looked, lookAt, lookInto, missingFolders, textIn } from "./file/look-at.ts";
export { modeText, octalMode } from "./file/mode.ts";
export { followedFile, longFile } from "./file/other-views.ts";
export { type DesiredTimes, type FileTimes, fileTimes } from "./file-times/file-times.ts";
export { find } from "./find/find.ts";
export type { FindVia } from "./find/find-via.ts";
export type { FindState, Found } from "./find/parse-found.ts";
export { type FragmentsState, fragments } from "./fragments/fragments.ts";
export { ourFragments } from "./fragments/our-fragments.ts";
export { type GetentState, getent, getentKey } from "./getent/getent.ts";
export { archiveStep, verifyCheckout } from "./git/change-checkout.ts";
export { git } from "./git/git.ts";
export type { GitDesire } from "./git/git-desire.ts";
export type { GitSource } from "./git/git-source.ts";
export type { GitState } from "./git/git-state.ts";
export { type DesiredGroup, type GroupState, group } from "./group/group.ts";
export { type HostnameState, hostname } from "./hostname/hostname.ts";
export { type JobState, job } from "./job/job.ts";
export { kinds } from "./kinds.ts";
export { type PackageListState, packageList } from "./lists/package-list.ts";
export { type ServiceListState, serviceList } from "./lists/service-list.ts";
export { type LocaleState, locale } from "./locale/locale.ts";
export { type TimezoneState, timezone } from "./locale/timezone.ts";
export { type DesiredMount, type MountState, mount, remount } from "./mount/mount.ts";
export { type DesiredNginxFile, nginxFile } from "./nginx/nginx-file.ts";
export { type NginxServerState, nginxServer } from "./nginx/nginx-server.ts";
export {
  isSince,
  linesOf,
  type NginxAbilities,
  type NginxLine,
  type NginxText,
  nginxNameOf,
  textFor,
} from "./nginx/nginx-text.ts";
export { nginxPutExecutor } from "./nginx/put-executor.ts";
export { type DebFileState, debFile } from "./package/deb-file.ts";
export type { DesiredPackage, PackageOptions } from "./package/desired-package.ts";
export {
  ensurePackages,
  type PackageQuestion,
  softwarePackage as aptPackage,
  softwarePackage,
} from "./package/package.ts";
export { type DesiredPackageLists, type PackageListsState, packageLists } from "./package/package-lists.ts";
export { type PackageSelectionState, packageSelection } from "./package/package-selection.ts";
export type { PackageManager, PackageState } from "./package/package-state.ts";
export { type PackagesState, packages } from "./package/packages.ts";
export { type PackageSpec, parsePackageSpec, type VersionWish } from "./package/version-wish.ts";
export { reloadChange, reloadProven } from "./reload/reload-change.ts";
export { type ReloadOutcome, reloadExecutor } from "./reload/reload-executor.ts";
export { type ReloadedService, type ReloadHow, type ReloadWish, unitOf } from "./reload/reload-wish.ts";
export { type AuthorizedKeysState, authorizedKeys } from "./ssh/authorized-keys.ts";
export { authorizedKeysText } from "./ssh/authorized-keys-text.ts";
export { type SshKeyState, sshKey } from "./ssh/ssh-key.ts";
export { stat } from "./stat/stat.ts";
export { checksumAlgorithms, type PresentStat, type StatState, type StatVia } from "./stat/stat-state.ts";
export { type SysctlState, sysctl } from "./sysctl/sysctl.ts";
export { makeTemporary, temporary } from "./temporary/temporary.ts";
export { type TreeComparison, type TreeState, type TreeVia, tree } from "./tree/tree.ts";
export { reexecute, type SystemdManagerState, systemdManager } from "./unit/systemd-manager.ts";
export { actOnUnit, type DesiredUnit, type UnitOptions, type UnitQuestion, unit } from "./unit/unit.ts";
export type { PresentUnit, ServiceManager, UnitState } from "./unit/unit-state.ts";
export { type UnpackedState, type UnpackedVia, unpacked } from "./unpacked/unpacked.ts";
export type { DesiredUser } from "./user/desired-user.ts";
export { user } from "./user/user.ts";
export type { PresentUser, UserState } from "./user/user-state.ts";
