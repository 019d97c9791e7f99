/** All that a host says of a path. */
export type StatState = { readonly state: "absent" } | PresentStat;

export interface PresentStat {
  readonly state: "present";
  /** Type and permissions, as the kernel has them in one number. */
  readonly bits: number;
  readonly uid: number;
  readonly gid: number;
  readonly owner: string | undefined;
  readonly group: string | undefined;
  readonly size: number;
  readonly inode: number;
  readonly device: number;
  readonly links: number;
  /** In seconds since 1970. */
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
  readonly blocks: number;
  readonly blockSize: number;
  readonly deviceType: number;
  /** To who asks. */
  readonly readable: boolean;
  readonly writeable: boolean;
  readonly executable: boolean;
  /** Where a link points, and what it leads to in the end. */
  readonly target?: string;
  readonly source?: string;
  readonly checksum?: string;
  readonly mime?: { readonly type: string; readonly charset: string };
  readonly flags?: { readonly version: string; readonly letters: string };
}

export const checksumAlgorithms = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;

/** What is asked beside what a path is. */
export interface StatVia {
  /** What a link leads to is meant. */
  readonly follow: boolean;
  readonly algorithm?: (typeof checksumAlgorithms)[number];
  /** Needs `file` on the host. */
  readonly mime: boolean;
  /** Needs `lsattr` on the host. */
  readonly flags: boolean;
}
