import type { VersionWish } from "./version-wish.ts";

/** A package as it is to be. */
export interface DesiredPackage {
  /** `latest` is the newest that the lists offer, or that the wish allows. */
  readonly state: "installed" | "latest" | "absent";
  readonly wish?: VersionWish;
  /** Its configuration goes, too. */
  readonly purges?: boolean;
  /** What is not there stays away. */
  readonly onlyUpgrades?: boolean;
}

/** How apt is to go about it; the other managers take the few that they know. */
export interface PackageOptions {
  readonly release?: string;
  readonly installsRecommends?: boolean;
  readonly onlyUpgrades?: boolean;
  readonly purges?: boolean;
  readonly fixesBroken?: boolean;
  readonly refusesRemovals?: boolean;
  readonly removesUnneeded?: boolean;
  readonly allowsUnauthenticated?: boolean;
  readonly allowsDowngrades?: boolean;
  readonly allowsHeld?: boolean;
  readonly isForced?: boolean;
  /** Words for dpkg without their dashes, such as `force-confold`. */
  readonly dpkgOptions?: readonly string[];
  readonly lockSeconds?: number;
  /** What a policy-rc.d says to maintainer scripts during this run, instead of our guard. */
  readonly policy?: number;
  /** Words that are handed on as they are: dnf's. */
  readonly words?: readonly string[];
}
