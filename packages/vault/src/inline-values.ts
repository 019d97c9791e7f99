import { encryptedForm } from "./encrypted-form.ts";

/** A `!vault` value in a YAML file. */
export interface InlineValue {
  /** What is encrypted, without its indentation. */
  readonly text: string;
  readonly line: number;
  /** From its tag to its end, the last line feed left out. */
  readonly start: number;
  readonly end: number;
  readonly indent: string;
}

/** The `!vault |` values of a YAML file, found as text, so that all that stands around them stays as it is. */
export function inlineValues(yaml: string): readonly InlineValue[] {
  return [...yaml.matchAll(BLOCK)].flatMap((match) => {
    const { head = "", block = "", indent = "" } = match.groups ?? {};
    const [, ...lines] = block.split(/\r?\n/);
    const text = lines.map((line) => `${line.slice(indent.length)}\n`).join("");
    if (encryptedForm(text) === undefined || /^\s*#/.test(head)) return [];
    const start = match.index + head.length;
    return [{ text, line: yaml.slice(0, start).split("\n").length, start, end: start + block.length, indent }];
  });
}

/** The same file with its encrypted values written in another way. */
export function replaceInlineValues(yaml: string, write: (value: InlineValue) => string): string {
  let from = 0;
  const pieces = inlineValues(yaml).map((value) => {
    const before = yaml.slice(from, value.start);
    from = value.end;
    return before + write(value);
  });
  return pieces.join("") + yaml.slice(from);
}

/** An encrypted text as a YAML value, from its tag on. */
export function toInlineValue(text: string, indent: string): string {
  return [
    "!vault |",
    ...text
      .trimEnd()
      .split("\n")
      .map((line) => indent + line),
  ].join("\n");
}

const BLOCK =
  /^(?<head>.*?)(?<block>!vault[ \t]+\|[-+]?[ \t]*(?:#.*)?\r?\n(?<indent> +)\S.*(?:\r?\n\k<indent>\S.*)*)/gm;
