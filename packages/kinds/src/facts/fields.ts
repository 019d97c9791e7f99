/** Lines of `name=value`, for scripts that use say.sh. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

export function fieldsOf(text: string): readonly Field[] {
  return text.split("\n").flatMap((line) => {
    const at = line.indexOf("=");
    return at < 0 ? [] : [{ name: line.slice(0, at), value: line.slice(at + 1) }];
  });
}

export function firstOf(fields: readonly Field[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

export function allOf(fields: readonly Field[], name: string): readonly string[] {
  return fields.filter((field) => field.name === name).map(({ value }) => value);
}

/** Fields in groups, each of which begins with the named one. */
export function groupsOf(
  fields: readonly Field[],
  name: string,
): readonly { readonly value: string; readonly fields: readonly Field[] }[] {
  const groups: { readonly value: string; readonly fields: Field[] }[] = [];
  for (const field of fields) {
    if (field.name === name) groups.push({ value: field.value, fields: [] });
    else groups.at(-1)?.fields.push(field);
  }
  return groups;
}
