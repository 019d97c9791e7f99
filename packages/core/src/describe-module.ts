import type { AnyModule } from "./module.ts";

/** What a module is, takes and gives, in Markdown: from its schema, so that it cannot be wrong. */
export function describeModule(module: AnyModule): string {
  const { name, summary, params, returns } = module;
  const required = new Set<string>((params.required as string[] | undefined) ?? []);
  const known = Object.entries(params.properties as Readonly<Record<string, Schema>>);
  const taken = known.filter(([, { refused }]) => refused === undefined);
  const refused = known.filter(([, { refused }]) => refused !== undefined);
  return [
    `### ${String(name)}\n\n${summary}\n`,
    ...(taken.length > 0
      ? [
          table(
            ["parameter", "what", "default"],
            taken.flatMap(([key, schema]) => [paramRow(key, schema, required), ...partRows(key, schema, taken)]),
          ),
        ]
      : []),
    ...(refused.length > 0
      ? [`Not supported: ${refused.map(([key, schema]) => `\`${key}\` (${schema.refused})`).join("; ")}.\n`]
      : []),
    ...(returns
      ? [
          table(
            ["result", "what"],
            Object.entries(returns.properties as Readonly<Record<string, Schema>>).map(
              ([key, { description = "" }]) => [`\`${key}\``, cell(description)],
            ),
          ),
        ]
      : []),
  ].join("\n");
}

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly aliases?: readonly string[];
  readonly refused?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** What a parameter is made of, or each of a list. What means the same as beside it is said once. */
function partRows(key: string, schema: Schema, beside: readonly (readonly [string, Schema])[]): string[][] {
  const isList = schema.items?.properties !== undefined;
  const whole = isList ? schema.items : schema;
  const prefix = `${key}${isList ? "[]" : ""}.`;
  const parts = Object.entries(whole?.properties ?? {});
  const isSaid = ([name, { description }]: (typeof parts)[number]) =>
    beside.some(([other, said]) => other === name && said.description === description);
  const same = parts.filter(isSaid).map(([name]) => `\`${name}\``);
  const own = parts.filter((part) => !isSaid(part));
  const required = new Set((whole?.required ?? []).map((name) => `${prefix}${name}`));
  return [
    ...own.flatMap(([name, part]) => [
      paramRow(`${prefix}${name}`, part, required),
      ...partRows(`${prefix}${name}`, part, beside),
    ]),
    ...(same.length === 0 ? [] : [[`\`${prefix}…\``, `as above: ${same.join(", ")}`, ""]]),
  ];
}

function paramRow(key: string, schema: Schema, required: ReadonlySet<string>): string[] {
  const aliases = schema.aliases?.length ? ` (or ${schema.aliases.map((alias) => `\`${alias}\``).join(", ")})` : "";
  const choices = (schema.enum ?? (schema.anyOf ?? []).flatMap((each) => each.const ?? [])).map(
    (each) => `\`${JSON.stringify(each).replace(/^"(.*)"$/, "$1")}\``,
  );
  const what = `${schema.description ?? ""}${choices.length > 0 ? `; one of ${choices.join(", ")}` : ""}`;
  const standard =
    schema.default === undefined ? (required.has(key) ? "*required*" : "") : `\`${JSON.stringify(schema.default)}\``;
  return [`\`${key}\`${aliases}`, cell(what), standard];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return `${line(head)}|${head.map(() => "---|").join("")}\n${rows.map(line).join("")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
