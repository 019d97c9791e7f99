import { readFileSync, realpathSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { Place, Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { float } from "@evenkeel/template";
import { readYaml } from "@evenkeel/yaml";
import type { Whereabouts } from "../variables/variable.ts";

/** Opens what is encrypted; `@evenkeel/vault` does. */
export interface Opener {
  decrypt(text: string, place?: Place): Secret;
  /** What age encrypted must be unlocked before: its cryptography does not come at once. */
  unlock?(texts: Iterable<Locked>): Promise<void>;
}

/** Something encrypted, and where it stands. */
export interface Locked {
  readonly data: string;
  readonly place?: Place;
}

export interface FilesOptions {
  readonly workingDirectory: string;
  readonly vault?: Opener | undefined;
}

/** A text and the name under which it is shown. */
export interface FileText {
  readonly text: string;
  readonly file: string;
  readonly isSecret: boolean;
}

/** A file's value, and where its parts are written. */
export interface FileValue {
  readonly value: unknown;
  readonly where: Whereabouts;
}

const vaultMark = "$ANSIBLE_VAULT;";
const ageMark = "-----BEGIN AGE ENCRYPTED FILE-----";

/** The files of an inventory. */
export class InventoryFiles {
  readonly workingDirectory: string;
  readonly #vault: Opener | undefined;

  constructor({ workingDirectory, vault }: FilesOptions) {
    this.workingDirectory = workingDirectory;
    this.#vault = vault;
  }

  /** As it is shown to people: from here, when it is below. */
  shown(path: string): string {
    const short = relative(this.workingDirectory, path);
    return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
  }

  resolve(path: string): string {
    return resolve(this.workingDirectory, path);
  }

  text(path: string): FileText {
    const file = this.shown(path);
    const text = readText(path, file);
    if (!text.startsWith(vaultMark) && !text.startsWith(ageMark)) return { text, file, isSecret: false };
    return { text: this.#decrypt(text, { file }).reveal(), file, isSecret: true };
  }

  /** Makes texts that age encrypted ready to be decrypted. */
  async unlock(texts: Iterable<Locked>): Promise<void> {
    const locked = [...texts].filter(({ data }) => data.startsWith(ageMark));
    if (locked.length > 0) await this.#vault?.unlock?.(locked);
  }

  /** The same for files, as far as all of them is encrypted. Gives those that have anything of age's in them. */
  async unlockFiles(paths: readonly string[]): Promise<readonly string[]> {
    if (this.#vault?.unlock === undefined) return [];
    const read = paths.map((path) => ({
      path,
      data: readText(path, this.shown(path)),
      place: { file: this.shown(path) },
    }));
    const withAge = read.filter(({ data }) => data.includes(ageMark));
    await this.unlock(withAge);
    return withAge.map(({ path }) => path);
  }

  /** Reads YAML or JSON. A key that is there twice counts last, as Ansible has it. */
  value(path: string): FileValue {
    return this.valueOf(this.text(path));
  }

  valueOf({ text, file, isSecret }: FileText): FileValue {
    const document = readYaml(text, file, { duplicateKeys: "last", types: { float } });
    const where: Whereabouts = {
      place: document.place,
      placeOf: (...spot) => document.placeOf(...spot),
      keyPlaceOf: (...spot) => document.keyPlaceOf(...spot),
      ...(isSecret && { isSecret }),
    };
    return { value: document.value, where };
  }

  #decrypt(text: string, place: Place): Secret {
    if (this.#vault) return this.#vault.decrypt(text, place);
    throw new InputError({
      code: "inventory/no-vault",
      message: "this file is encrypted, and no password for it was given",
      place,
      hint: "--vault-password-file FILE, or --ask-vault-password",
    });
  }
}

/** The folder itself, past all links to it: two ways to one folder are one. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isMissing(error)) return path;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError({ code: "inventory/unreadable", message: `cannot read ${file}`, place: { file }, cause });
  }
}
