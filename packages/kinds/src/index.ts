export { type ActState, undone } from "./act/act-kind.ts";
export { http } from "./act/http.ts";
export { wait } from "./act/wait.ts";
export { type BelowState, below } from "./below/below.ts";
export { type BytesState, bytes } from "./bytes/bytes.ts";
export { type CommandQuestion, command, type DesiredRun, notYetRun } from "./command/command.ts";
export type { CommandLine } from "./command/command-line.ts";
export type { CommandState } from "./command/command-state.ts";
export { expandedWord, hasMagic, isLiteral } from "./command/expanded-word.ts";
export { type GlobState, glob } from "./command/glob.ts";
export { fetchExecutor } from "./fetched/fetch-executor.ts";
export { type FetchedState, fetched } from "./fetched/fetched.ts";
export { BACKUP_STEP } from "./file/content-step.ts";
export type { Attributes, DesiredFile, FileContent, HostFileContent } from "./file/desired-file.ts";
export { file, foldersOf } from "./file/file.ts";
export type { FileState, PresentFile } from "./file/file-state.ts";
export { followed, itself, type Looked, lookAt, lookInto, missingFolders, textIn } from "./file/look-at.ts";
export { modeText, octalMode } from "./file/mode.ts";
export { type DesiredTimes, type FileTimes, fileTimes } from "./file-times/file-times.ts";
export { find } from "./find/find.ts";
export type { FindVia } from "./find/find-via.ts";
export type { FindState, Found } from "./find/parse-found.ts";
export { type FragmentsState, fragments } from "./fragments/fragments.ts";
export { ourFragments } from "./fragments/our-fragments.ts";
export { archiveStep, verifyCheckout } from "./git/change-checkout.ts";
export { git } from "./git/git.ts";
export type { GitDesire } from "./git/git-desire.ts";
export type { GitSource } from "./git/git-source.ts";
export type { GitState } from "./git/git-state.ts";
export { type DesiredGroup, type GroupState, group } from "./group/group.ts";
export { type JobState, job } from "./job/job.ts";
export { kinds } from "./kinds.ts";
export { debFile } from "./package/deb-file.ts";
export type { DesiredPackage, PackageOptions } from "./package/desired-package.ts";
export {
  ensurePackages,
  type PackageQuestion,
  softwarePackage as aptPackage,
  softwarePackage,
} from "./package/package.ts";
export { type DesiredPackageLists, type PackageListsState, packageLists } from "./package/package-lists.ts";
export type { PackageManager, PackageState } from "./package/package-state.ts";
export { type PackagesState, packages } from "./package/packages.ts";
export { type PackageSpec, parsePackageSpec, type VersionWish } from "./package/version-wish.ts";
export { type AuthorizedKeysState, authorizedKeys } from "./ssh/authorized-keys.ts";
export { authorizedKeysText } from "./ssh/authorized-keys-text.ts";
export { type SshKeyState, sshKey } from "./ssh/ssh-key.ts";
export { stat } from "./stat/stat.ts";
export { checksumAlgorithms, type PresentStat, type StatState, type StatVia } from "./stat/stat-state.ts";
export { makeTemporary, temporary } from "./temporary/temporary.ts";
export { type TreeState, type TreeVia, tree } from "./tree/tree.ts";
export { reexecute, type SystemdManagerState, systemdManager } from "./unit/systemd-manager.ts";
export { actOnUnit, type DesiredUnit, type UnitOptions, type UnitQuestion, unit } from "./unit/unit.ts";
export type { PresentUnit, ServiceManager, UnitState } from "./unit/unit-state.ts";
export type { DesiredUser } from "./user/desired-user.ts";
export { user } from "./user/user.ts";
export type { PresentUser, UserState } from "./user/user-state.ts";
