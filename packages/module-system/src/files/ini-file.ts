import { lookInto } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { demandSense } from "./demand-sense.ts";
import { editFile, isAbsent } from "./edit-file.ts";
import { editFields, textBefore } from "./edit-result.ts";
import { backupReturns } from "./file-result.ts";
import type { WantedOption } from "./text/ini-text.ts";
import { changeIni } from "./text/ini-text.ts";

const values = Type.Array(Type.String({ description: "a value" }), { split: true, description: "its values" });

export const iniFile = defineFileModule({
  name: "ini_file",
  summary: "An option in a section of an INI file.",
  params: Type.Object(
    {
      path: Type.String({ aliases: ["dest"], description: "the file" }),
      section: Type.Optional(Type.String({ description: "the section; left out: what stands before the first" })),
      section_has_values: Type.Optional(
        Type.Array(
          Type.Object(
            {
              option: Type.String({ description: "an option that the section has" }),
              value: Type.Optional(Type.String({ description: "its value" })),
              values: Type.Optional(values),
            },
            { additionalProperties: false },
          ),
          { description: "which of several sections of that name is meant" },
        ),
      ),
      option: Type.Optional(Type.String({ description: "the option; left out: the section as a whole" })),
      value: Type.Optional(Type.String({ description: "its value" })),
      values: Type.Optional(values),
      state: Type.Union([Type.Literal("present"), Type.Literal("absent")], {
        default: "present",
        description: "whether it is to be there",
      }),
      exclusive: Type.Boolean({ default: true, description: "other values of the option go" }),
      no_extra_spaces: Type.Boolean({ default: false, description: "no blanks around =" }),
      ignore_spaces: Type.Boolean({ default: false, description: "a line that differs in blanks only is as wanted" }),
      allow_no_value: Type.Boolean({ default: false, description: "an option may stand alone" }),
      modify_inactive_option: Type.Boolean({ default: true, description: "one that is commented out is replaced" }),
      create: Type.Boolean({ default: true, description: "make the file when it is absent" }),
      follow: Type.Boolean({ default: false, description: "edit what a link leads to, not over the link" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe({ path, state, value, values: several, allow_no_value }) {
    demandSense(`ini_file ${path}`, {
      "`value` and `values` exclude each other": value !== undefined && several !== undefined,
      "`value` or `values` is needed with state: present, unless allow_no_value":
        state === "present" && !allow_no_value && value === undefined && !several?.length,
    });
    return lookInto(cleanPath(path));
  },
  plan(answers, params) {
    if (isAbsent(answers, params) && params.state === "absent") return [];
    return editFile(answers, params, (text) => changeIni(text, wantedOption(params)).text);
  },
  result(made, params) {
    const { msg } = changeIni(textBefore(made.before, params.follow) ?? "", wantedOption(params));
    return { ...editFields(made, ""), msg, path: params.path };
  },
  returns: Type.Object({
    msg: Type.String({ description: "what was done" }),
    path: Type.String({ description: "the file" }),
    ...backupReturns,
  }),
});

interface IniParams {
  readonly section?: string;
  readonly section_has_values?: readonly {
    readonly option: string;
    readonly value?: string;
    readonly values?: readonly string[];
  }[];
  readonly option?: string;
  readonly value?: string;
  readonly values?: readonly string[];
  readonly state: "present" | "absent";
  readonly exclusive: boolean;
  readonly no_extra_spaces: boolean;
  readonly ignore_spaces: boolean;
  readonly allow_no_value: boolean;
  readonly modify_inactive_option: boolean;
}

function wantedOption({ section, section_has_values = [], option, ...params }: IniParams): WantedOption {
  const given = ({ value, values: several = [] }: Pick<IniParams, "value" | "values">) =>
    value === undefined ? several : [value];
  return {
    state: params.state,
    ...(section !== undefined && { section }),
    ...(option !== undefined && { option }),
    values: given(params),
    conditions: section_has_values.map((each) => ({ option: each.option, values: given(each) })),
    exclusive: params.exclusive,
    noExtraSpaces: params.no_extra_spaces,
    ignoreSpaces: params.ignore_spaces,
    allowNoValue: params.allow_no_value,
    modifyInactive: params.modify_inactive_option,
  };
}
