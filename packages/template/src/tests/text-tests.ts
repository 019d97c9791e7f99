import { Secret } from "@evenkeel/core";
import { splitUrl } from "../filters/split-url.ts";
import { wrongType, wrongValue } from "../python/fault.ts";
import { listOf } from "../python/iterate.ts";
import { isLower, isUpper } from "../python/methods/letter-methods.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { typeName } from "../python/type-name.ts";
import { pythonRegex } from "../regex/python-regex.ts";
import { compareVersions, isVersionKind } from "../versions/compare-versions.ts";

const search = regexTest("search");
const version = native("value version operator? strict? version_type?", testVersion);

/** Tests of texts. */
export const textTests: Readonly<Record<string, Native>> = {
  lower: native("value", (value) => isLower(toText(value))),
  upper: native("value", (value) => isUpper(toText(value))),
  search,
  match: regexTest("match"),
  regex: native(
    "value pattern? ignorecase? multiline? match_type?",
    (value, pattern = "", ignoresCase = false, isMultiline = false, kind = "search") =>
      matches(value, pattern, { ignoresCase, isMultiline, kind: toText(kind) }),
  ),
  version,
  version_compare: version,
  truthy: native("value convert_bool?", (value, converts = false) => isTruthy(value, isTrue(converts))),
  falsy: native("value convert_bool?", (value, converts = false) => !isTruthy(value, isTrue(converts))),
  vault_encrypted: native("value", (value) => value instanceof Secret, { passesSecrets: "all" }),
  uri: native("value schemes?", (value, schemes = null) => isUri(value, schemes)),
  url: native("value schemes?", (value, schemes = null) => isUri(value, schemes) && hasHost(value)),
  urn: native("value", (value) => isUri(value, ["urn"])),
};

interface Matching {
  readonly ignoresCase: unknown;
  readonly isMultiline: unknown;
  readonly kind: string;
}

function regexTest(kind: string): Native {
  return native(
    "value pattern? ignorecase? multiline?",
    (value, pattern = "", ignoresCase = false, isMultiline = false) =>
      matches(value, pattern, { ignoresCase, isMultiline, kind }),
  );
}

function matches(value: unknown, pattern: unknown, { ignoresCase, isMultiline, kind }: Matching): boolean {
  if (typeof pattern !== "string") throw wrongType(`a pattern must be a text, not ${typeName(pattern)}`);
  const { pattern: compiled } = pythonRegex(pattern, {
    ignoresCase: isTrue(ignoresCase),
    isMultiline: isTrue(isMultiline),
  });
  const text = toText(value);
  compiled.lastIndex = 0;
  if (kind === "search") return compiled.test(text);
  const whole = kind === "fullmatch" ? `^(?:${compiled.source})(?![\\s\\S])` : `^(?:${compiled.source})`;
  return new RegExp(whole, compiled.flags.replace("g", "")).test(text);
}

const operators: Readonly<Record<string, (by: number) => boolean>> = {
  eq: (by) => by === 0,
  ne: (by) => by !== 0,
  lt: (by) => by < 0,
  le: (by) => by <= 0,
  gt: (by) => by > 0,
  ge: (by) => by >= 0,
};
const signs: Readonly<Record<string, string>> = {
  "==": "eq",
  "=": "eq",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "!=": "ne",
  "<>": "ne",
};

function testVersion(
  value: unknown,
  other: unknown,
  operator: unknown = "eq",
  strict: unknown = null,
  kind: unknown = null,
): boolean {
  if (strict !== null && kind !== null) throw wrongValue("Cannot specify both 'strict' and 'version_type'");
  if (!isTrue(value)) throw wrongValue("Input version value cannot be empty");
  if (!isTrue(other)) throw wrongValue("Version parameter to compare against cannot be empty");
  const name = isTrue(strict) ? "strict" : isTrue(kind) ? toText(kind) : "loose";
  if (!isVersionKind(name))
    throw wrongValue(`Invalid version type (${name}). Must be one of loose, strict, semver, semantic, pep440`);
  const holds = operators[signs[toText(operator)] ?? toText(operator)];
  if (holds === undefined)
    throw wrongValue(
      `Invalid operator type (${toText(operator)})`,
      `it is one of ${[...Object.keys(signs), ...Object.keys(operators)].join(", ")}`,
    );
  return holds(compareVersions(toText(value), toText(other), name));
}

function isTruthy(value: unknown, converts: boolean): boolean {
  if (!converts) return isTrue(value);
  const word = typeof value === "string" ? value.toLowerCase().trim() : value;
  if (typeof word === "string" && ["n", "no", "off", "0", "false", "f"].includes(word)) return false;
  return isTrue(value);
}

function isUri(value: unknown, schemes: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    const { scheme } = splitUrl(value);
    return (
      !isTrue(schemes) ||
      (typeof schemes === "string" ? schemes.includes(String(scheme)) : listOf(schemes).includes(scheme))
    );
  } catch {
    return false;
  }
}

function hasHost(value: unknown): boolean {
  const { netloc, scheme } = splitUrl(toText(value));
  return netloc !== "" || scheme === "file";
}
