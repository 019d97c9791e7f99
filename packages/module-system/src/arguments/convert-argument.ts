/** A value as an argument of a type; a TypeError says why it cannot be. */
export function convertArgument(value: unknown, type = "str"): unknown {
  const convert = conversions[type];
  if (convert === undefined) throw new TypeError(`there is no type ${type}`);
  return convert(value);
}

/** What Python calls the type of a value. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return { boolean: "bool", string: "str", object: "dict" }[typeof value as string] ?? typeof value;
}

const text = (value: unknown): unknown => (typeof value === "string" ? value : value === null ? "" : String(value));
const raw = (value: unknown): unknown => value;

const conversions: Readonly<Record<string, (value: unknown) => unknown>> = {
  str: text,
  path: text,
  raw,
  any: raw,
  bool: toBoolean,
  int: toInteger,
  float: toFloat,
  list: toList,
  dict: toMapping,
  json: toJson,
  jsonarg: toJson,
  bytes: (value) => toSize(value, /^(\d+(?:\.\d+)?)\s*([KMGTPEZY])?(?:B|byte|bytes)?$/i, "Byte"),
  bits: (value) => toSize(value, /^(\d+(?:\.\d+)?)\s*([KMGTPEZY])?(?:b|bit|bits)?$/i, "Bit"),
};

const yes = new Set(["y", "yes", "on", "1", "true", "t"]);
const no = new Set(["n", "no", "off", "0", "false", "f"]);

function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  const word = String(value).toLowerCase().trim();
  const isScalar = typeof value === "string" || typeof value === "number";
  if (isScalar && yes.has(word)) return true;
  if (isScalar && no.has(word)) return false;
  if (isScalar) throw new TypeError(`The value '${String(value)}' is not a valid boolean.`);
  throw cannot(value, "a bool");
}

function toInteger(value: unknown): number {
  if (typeof value === "boolean") return Number(value);
  const number = typeof value === "number" ? value : typeof value === "string" ? numberIn(value) : Number.NaN;
  if (Number.isInteger(number)) return number;
  throw new TypeError(
    `${typeof value === "string" ? `'${value}'` : JSON.stringify(value)} cannot be converted to an int`,
  );
}

function toFloat(value: unknown): number {
  const number = typeof value === "string" ? numberIn(value) : typeof value === "object" ? Number.NaN : Number(value);
  if (!Number.isNaN(number)) return number;
  throw cannot(value, "a float");
}

function numberIn(value: string): number {
  return /^\s*[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)
    ? Number(value.replaceAll("_", ""))
    : Number.NaN;
}

function toList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return value.split(",");
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  throw cannot(value, "a list");
}

/** A mapping, JSON of one, or `name=value` pairs. */
function toMapping(value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  if (typeof value !== "string") throw cannot(value, "a dict");
  if (value.startsWith("{")) return parseMapping(value);
  if (!value.includes("=")) throw new TypeError("dictionary requested, could not parse JSON or key=value");
  const pairs = [...value.matchAll(/([^\s,=]+)=(?:"([^"]*)"|'([^']*)'|([^\s,]*))/g)];
  return Object.fromEntries(pairs.map(([, name, double, single, plain]) => [name, double ?? single ?? plain]));
}

function parseMapping(value: string): object {
  try {
    return JSON.parse(value) as object;
  } catch {
    throw new TypeError("unable to evaluate string as dictionary");
  }
}

function toJson(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  throw cannot(value, "a json string");
}

function toSize(value: unknown, form: RegExp, what: string): number {
  const [, number, unit = ""] = form.exec(String(value).trim()) ?? [];
  if (number === undefined) throw cannot(value, `a ${what} value`);
  return Math.round(Number(number) * 1024 ** (unit === "" ? 0 : "KMGTPEZY".indexOf(unit.toUpperCase()) + 1));
}

function cannot(value: unknown, what: string): TypeError {
  return new TypeError(`${typeName(value)} cannot be converted to ${what}`);
}
