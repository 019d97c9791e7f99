import { UnsafeText, Vaulted } from "@evenkeel/yaml";
import { isMapping } from "../sources/read-groups.ts";

/** A variable's value in a listing: what is encrypted, and what is never a template, is marked as Ansible marks it. */
export function listedValue(value: unknown): unknown {
  return mapTexts(value, {
    vaulted: ({ ciphertext }) => ({ __ansible_vault: ciphertext }),
    unsafe: (text) => ({ __ansible_unsafe: text }),
  });
}

/** A variable's value in the listing of one host, which marks only what is encrypted. */
export function shownValue(value: unknown): unknown {
  return mapTexts(value, { vaulted: ({ ciphertext }) => ({ __ansible_vault: ciphertext }), unsafe: (text) => text });
}

/** A variable's value for YAML, which has a tag for what is encrypted. */
export function plainValue(value: unknown): unknown {
  return mapTexts(value, { vaulted: (vaulted) => vaulted, unsafe: (text) => text });
}

interface Marks {
  vaulted(value: Vaulted): unknown;
  unsafe(text: string): unknown;
}

function mapTexts(value: unknown, marks: Marks): unknown {
  if (value instanceof Vaulted) return marks.vaulted(value);
  if (value instanceof UnsafeText) return marks.unsafe(value.value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, marks));
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, mapTexts(each, marks)]));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, marks)]));
}
