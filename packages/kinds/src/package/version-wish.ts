import { InputError } from "@evenkeel/core";
import { compareVersions } from "./compare-versions.ts";

/** What is asked of a package's version. */
export interface VersionWish {
  readonly relation: "=" | ">=";
  /** With `=`, `*` and `?` stand for any text and any character. */
  readonly version: string;
}

/** A package as a playbook names it: `nginx`, `nginx=1.26*`, `nginx>=1.26`, `libc6:i386`, `php*`. */
export interface PackageSpec {
  readonly name: string;
  readonly wish?: VersionWish;
}

export function parsePackageSpec(spec: string): PackageSpec {
  const [, name = "", relation, version = ""] = /^([^=>]*)(>?=)?(.*)$/s.exec(spec.trim()) ?? [];
  if (relation === undefined) return { name };
  if (version === "" || version.includes("=")) {
    throw new InputError({
      code: "package/version",
      message: `not a package with a version: ${JSON.stringify(spec)}`,
      hint: "such as nginx=1.26.3-3, nginx=1.26* or nginx>=1.26",
    });
  }
  return { name, wish: { relation: relation as ">=" | "=", version } };
}

export function isWished(version: string, { relation, version: wish }: VersionWish): boolean {
  return relation === ">=" ? compareVersions(version, wish) >= 0 : globExpression(wish).test(version);
}

/** As a shell's `case` matches. */
export function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|\\]|[*?]|\[!?|\]/g, (found) => {
    if (found === "*") return "[^]*";
    if (found === "?") return "[^]";
    if (found === "[!") return "[^";
    return found === "[" || found === "]" ? found : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}
