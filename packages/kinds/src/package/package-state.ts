export type PackageManager = "apt" | "dnf" | "apk";

/** A package as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type PackageState = AbsentPackage | InstalledPackage;

interface Known {
  readonly manager?: PackageManager;
  /** What an installation would bring, as far as the host's lists tell. */
  readonly candidate?: string;
  /** Every version that the lists offer, newest first; asked for only where it matters. */
  readonly versions?: readonly string[];
}

export interface AbsentPackage extends Known {
  readonly state: "absent";
  /** Its configuration is still there. */
  readonly hasConfiguration?: boolean;
}

export interface InstalledPackage extends Known {
  readonly state: "installed";
  readonly version?: string;
  /** Its version is to match this; which one that will be is not known. */
  readonly wish?: string;
  /** It is there under another name, which provides this one. */
  readonly provider?: string;
  /** Of a pattern's packages, these are not there. */
  readonly missing?: readonly string[];
  /** Somebody wants it to stay at its version. */
  readonly isHeld?: boolean;
  /** It came as a dependency, and goes when nothing needs it. */
  readonly isAutomatic?: boolean;
  /** Services of it that run, and would be restarted with it. */
  readonly running?: readonly string[];
}
