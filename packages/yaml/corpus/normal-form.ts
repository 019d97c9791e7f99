import { readYaml, Timestamp, UnsafeText, Vaulted } from "../src/index.ts";

class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** What we read of a text, in a form that tells all kinds of values apart and is the same in Python: see load-yaml.py. */
export function loadNormalForm(text: string): unknown {
  const float = (value: number) => new Float(value);
  return normalForm(readYaml(text, "snippet.yml", { duplicateKeys: "last", types: { float } }).value);
}

function normalForm(value: unknown): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return { int: String(value) };
  if (value instanceof Float) return { float: bitsOf(value.value) };
  if (value instanceof Timestamp) return { time: String(value), json: value.toJSON() };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Vaulted) return { vault: value.ciphertext };
  if (value instanceof UnsafeText) return { unsafe: value.value };
  if (Array.isArray(value)) return value.map(normalForm);
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value as object);
  return { entries: entries.map((entry) => entry.map(normalForm)) };
}

function bitsOf(value: number): string {
  if (Number.isNaN(value)) return "nan";
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}
