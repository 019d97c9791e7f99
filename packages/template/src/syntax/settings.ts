import { TemplateFault } from "../python/fault.ts";

/** How a template is written: its delimiters and what becomes of the white space around them. */
export interface Settings {
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
  readonly lineStatementPrefix?: string;
  readonly lineCommentPrefix?: string;
  /** The line feed after a block is dropped. */
  readonly trimBlocks: boolean;
  /** White space before a block that begins its line is dropped. */
  readonly lstripBlocks: boolean;
  readonly newlineSequence: "\n" | "\r\n" | "\r";
  readonly keepTrailingNewline: boolean;
}

/** As Ansible has them. */
export const ansibleSettings: Settings = {
  blockStart: "{%",
  blockEnd: "%}",
  variableStart: "{{",
  variableEnd: "}}",
  commentStart: "{#",
  commentEnd: "#}",
  trimBlocks: true,
  lstripBlocks: false,
  newlineSequence: "\n",
  keepTrailingNewline: false,
};

/** Under the names that Ansible's template module and the `#jinja2:` line give them. */
export const settingNames: Readonly<Record<string, keyof Settings>> = {
  block_start_string: "blockStart",
  block_end_string: "blockEnd",
  variable_start_string: "variableStart",
  variable_end_string: "variableEnd",
  comment_start_string: "commentStart",
  comment_end_string: "commentEnd",
  line_statement_prefix: "lineStatementPrefix",
  line_comment_prefix: "lineCommentPrefix",
  trim_blocks: "trimBlocks",
  lstrip_blocks: "lstripBlocks",
  newline_sequence: "newlineSequence",
  keep_trailing_newline: "keepTrailingNewline",
};

export function checkSettings(settings: Settings): Settings {
  const { blockStart, variableStart, commentStart } = settings;
  if (new Set([blockStart, variableStart, commentStart]).size === 3) return settings;
  throw new TemplateFault("settings", "block, variable and comment must begin differently");
}
