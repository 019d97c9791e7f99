import type { PresentStat } from "@evenkeel/kinds";
import { Type } from "typebox";

const SORTS = {
  isdir: 0o040000,
  ischr: 0o020000,
  isblk: 0o060000,
  isreg: 0o100000,
  isfifo: 0o010000,
  islnk: 0o120000,
  issock: 0o140000,
};
const MODES = {
  ...{ wusr: 0o200, rusr: 0o400, xusr: 0o100, wgrp: 0o020, rgrp: 0o040, xgrp: 0o010 },
  ...{ woth: 0o002, roth: 0o004, xoth: 0o001, isuid: 0o4000, isgid: 0o2000 },
};

/** Ansible's names for what a host says of a path. */
export function statFields(state: PresentStat): Readonly<Record<string, unknown>> {
  const { bits, uid, gid, size, inode, device, links, owner, group } = state;
  const sorts = Object.entries(SORTS).map(([name, sort]) => [name, (bits & 0o170000) === sort]);
  const modes = Object.entries(MODES).map(([name, bit]) => [name, (bits & bit) !== 0]);
  return {
    mode: (bits & 0o7777).toString(8).padStart(4, "0"),
    ...Object.fromEntries([...sorts, ...modes]),
    ...{ uid, gid, size, inode, dev: device, nlink: links },
    ...{ atime: state.accessed, mtime: state.modified, ctime: state.changed },
    ...(owner !== undefined && { pw_name: owner }),
    ...(group !== undefined && { gr_name: group }),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  ...{
    A: "noatime",
    a: "append",
    c: "compressed",
    C: "nocow",
    d: "nodump",
    D: "dirsync",
    e: "extents",
    E: "encrypted",
  },
  ...{ h: "blocksize", i: "immutable", I: "indexed", j: "journalled", N: "inline", s: "zero", S: "synchronous" },
  ...{ t: "notail", T: "blockroot", u: "undelete", X: "compressedraw", Z: "compresseddirty" },
};

/** The filesystem's flags; where they cannot be had, none. */
export function flagFields(flags: PresentStat["flags"]) {
  const letters = [...(flags?.letters ?? "")];
  return {
    version: flags?.version ?? null,
    attributes: letters.flatMap((letter) => NAMES[letter] ?? []),
    attr_flags: letters.join(""),
  };
}

const yes = (description: string) => Type.Optional(Type.Boolean({ description }));
const count = (description: string) => Type.Optional(Type.Number({ description }));
const text = (description: string) => Type.Optional(Type.String({ description }));

/** What `statFields` and its like may say. */
export const statReturns = {
  path: text("the path"),
  mode: text("its mode, in octal"),
  ...{ isdir: yes("a folder"), ischr: yes("a character device"), isblk: yes("a block device"), isreg: yes("a file") },
  ...{ isfifo: yes("a named pipe"), islnk: yes("a link"), issock: yes("a socket") },
  ...{ isuid: yes("runs as whose it is"), isgid: yes("runs as its group") },
  ...{ rusr: yes("its owner may read"), wusr: yes("its owner may write"), xusr: yes("its owner may run it") },
  ...{ rgrp: yes("its group may read"), wgrp: yes("its group may write"), xgrp: yes("its group may run it") },
  ...{ roth: yes("others may read"), woth: yes("others may write"), xoth: yes("others may run it") },
  ...{ readable: yes("we may read"), writeable: yes("we may write"), executable: yes("we may run it") },
  ...{
    uid: count("whose it is"),
    gid: count("whose group's it is"),
    size: count("in bytes"),
    inode: count("its inode"),
  },
  ...{ dev: count("its device"), nlink: count("how many names it has"), device_type: count("which device it is") },
  ...{ atime: count("last read"), mtime: count("last modified"), ctime: count("last changed in any way") },
  ...{ blocks: count("its blocks"), block_size: count("how long a block is") },
  ...{ pw_name: text("whose it is"), gr_name: text("whose group's it is"), checksum: text("its sum") },
  ...{ lnk_source: text("what a link leads to in the end"), lnk_target: text("where a link points") },
  ...{
    mimetype: text("what is in it"),
    charset: text("how it is written"),
    attr_flags: text("the filesystem's flags"),
  },
  attributes: Type.Optional(Type.Array(Type.String(), { description: "the filesystem's flags, by name" })),
  version: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: "the filesystem's version of it" })),
};
