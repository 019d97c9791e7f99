import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";

/** Where roles are looked for. */
export interface RoleFolders {
  readonly playbook: string;
  /** After `roles/` beside the playbook. */
  readonly roles: readonly string[];
  /** Each holds `ansible_collections/`. */
  readonly collections: readonly string[];
}

export interface FoundRole {
  readonly name: string;
  readonly fullName: string;
  readonly collection?: string;
  readonly path: string;
}

interface Asking {
  readonly folders: RoleFolders;
  /** The folder of the role that asks. */
  readonly beside?: string;
  /** Collections whose roles need not be called by their full names. */
  readonly collections?: readonly string[];
}

export function findRole(name: string, asking: Asking): FoundRole | undefined {
  const inCollection = findInCollections(name, asking);
  if (inCollection) return inCollection;
  const path = roleCandidates(name, asking).find(isFolder);
  return path === undefined ? undefined : { name: nameOf(name), fullName: nameOf(name), path: resolve(path) };
}

/** All the folders that it is looked for in. */
export function roleCandidates(name: string, { folders, beside }: Asking): readonly string[] {
  const within = [
    join(folders.playbook, "roles"),
    ...folders.roles,
    ...(beside === undefined ? [] : [beside]),
    folders.playbook,
  ];
  return [...new Set([...within.map((folder) => resolve(folder, name)), resolve(name)])];
}

/** The names of all roles that there are, for did-you-mean. */
export function knownRoles({ playbook, roles }: RoleFolders): readonly string[] {
  return [join(playbook, "roles"), ...roles].filter(isFolder).flatMap((folder) => readdirSync(folder));
}

/** Roles can be called by a path: the last part is their name. */
function nameOf(name: string): string {
  return name.includes("/") ? basename(name) : name;
}

function findInCollections(name: string, { folders, collections = [] }: Asking): FoundRole | undefined {
  const parts = name.split(".");
  const full = parts.length >= 3 && parts.every((part) => /^[a-z_]\w*$/i.test(part));
  const names = full
    ? [{ collection: parts.slice(0, 2).join("."), role: parts.slice(2).join("/") }]
    : collections.map((collection) => ({ collection, role: name }));
  for (const { collection, role } of names) {
    for (const folder of folders.collections) {
      const path = join(folder, "ansible_collections", ...collection.split("."), "roles", role);
      if (isFolder(path))
        return { name: role.replaceAll("/", "."), fullName: `${collection}.${role}`, collection, path };
    }
  }
  return undefined;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
