import { readFileSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { Place, Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { ScalarTypes, Vaulted } from "@evenkeel/yaml";
import { readYaml } from "@evenkeel/yaml";
import { Written } from "./written.ts";

/** Opens what is encrypted; `@evenkeel/vault` does. */
export interface Opener {
  decrypt(text: string, place?: Place): Secret;
}

interface FilesOptions {
  readonly vault?: Opener | undefined;
  /** Files below it are shown by their path from here. */
  readonly workingDirectory: string;
  /** How to make what JavaScript has no literal for. */
  readonly types?: Partial<ScalarTypes>;
}

/** The YAML files of a run, each read once. */
export class YamlFiles {
  readonly vault: Opener | undefined;
  readonly #from: string;
  readonly #types: Partial<ScalarTypes>;
  readonly #read = new Map<string, Written | Error>();
  readonly #texts = new Map<string, string>();

  constructor({ vault, workingDirectory, types = {} }: FilesOptions) {
    this.#types = types;
    this.vault = vault;
    this.#from = workingDirectory;
  }

  /** Throws an InputError, or all that are wrong with its YAML. */
  read(path: string, duplicateKeys: "refuse" | "last" = "refuse"): Written {
    const known = this.#read.get(path);
    if (known instanceof Error) throw known;
    if (known) return known;
    try {
      const written = this.#readNew(path, duplicateKeys);
      this.#read.set(path, written);
      return written;
    } catch (error) {
      if (error instanceof Error) this.#read.set(path, error);
      throw error;
    }
  }

  /** As it is shown to people. */
  shown(path: string): string {
    const short = relative(this.#from, path);
    return short.startsWith("..") || isAbsolute(short) ? path : short;
  }

  /** Of a file that was read, by the name that it is shown under. Nothing that was encrypted is shown. */
  textOf(shown: string): string | undefined {
    return this.#texts.get(shown);
  }

  /** What a text file says once it is decrypted; nothing where that cannot be done: then no run can read it either. */
  plainText(path: string): string {
    const text = readText(path, this.shown(path));
    if (!isEncrypted(text)) return text;
    try {
      return this.#decryptAll(text, this.shown(path));
    } catch (error) {
      if (error instanceof InputError) return "";
      throw error;
    }
  }

  /** The paths of all files that were read. */
  get paths(): Iterable<string> {
    return this.#read.keys();
  }

  decrypt({ ciphertext, place }: Pick<Vaulted, "ciphertext" | "place">): Secret {
    if (this.vault) return this.vault.decrypt(ciphertext, place);
    throw new InputError({
      code: "playbook/no-vault",
      message: "this is encrypted, and no password for it was given",
      place,
      hint: "--vault-password-file FILE, or --ask-vault-password",
    });
  }

  #readNew(path: string, duplicateKeys: "refuse" | "last"): Written {
    const file = this.shown(path);
    const text = readText(path, file);
    const isSecret = isEncrypted(text);
    const plain = isSecret ? this.#decryptAll(text, file) : text;
    if (!isSecret) this.#texts.set(file, text);
    const document = readYaml(plain, file, { duplicateKeys, types: this.#types });
    const where = {
      place: document.place,
      placeOf: (...spot: Parameters<typeof document.placeOf>) => document.placeOf(...spot),
      keyPlaceOf: (...spot: Parameters<typeof document.keyPlaceOf>) => document.keyPlaceOf(...spot),
      ...(isSecret && { isSecret }),
    };
    return new Written(document.value, where);
  }

  #decryptAll(ciphertext: string, file: string): string {
    return this.decrypt({ ciphertext, place: { file } }).reveal();
  }
}

function isEncrypted(text: string): boolean {
  return text.startsWith("$ANSIBLE_VAULT") || text.startsWith("-----BEGIN AGE ENCRYPTED FILE-----");
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(resolve(path), "utf8");
  } catch (cause) {
    throw new InputError({ code: "playbook/unreadable", message: `cannot read ${file}`, place: { file }, cause });
  }
}
