import { defineModule, InputError } from "@evenkeel/core";
import { Type } from "typebox";

/** Variables that the language has read; their values are its own. */
interface ReadVariables {
  readonly files: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

export const includeVars = defineModule({
  name: "include_vars",
  summary: "Variables from a file or a folder of ours, from here on.",
  freeForm: "file",
  params: Type.Object(
    {
      file: Type.Optional(
        Type.Unsafe<ReadVariables>({
          ...{ type: "string", local: "vars" },
          description: "a file, looked for in vars/",
        }),
      ),
      dir: Type.Optional(
        Type.Unsafe<ReadVariables>({
          ...{ type: "string", local: "varsTree" },
          description: "a folder; its files are read in the order of their names, and those of folders below",
        }),
      ),
      name: Type.Optional(Type.String({ description: "one variable that is to hold them all" })),
      hash_behaviour: Type.Optional(
        Type.Enum(["replace", "merge"], {
          description: "what becomes of a mapping that is there already",
        }),
      ),
      depth: Type.Integer({ default: 0, description: "how many levels of a folder; 0: all" }),
      files_matching: Type.Optional(Type.String({ description: "only files whose names match this" })),
      ignore_files: Type.Array(Type.String(), { default: [], description: "not files whose names end like this" }),
      extensions: Type.Array(Type.String(), {
        default: ["yaml", "yml", "json"],
        description: "what the names of files may end with",
      }),
      ignore_unknown_extensions: Type.Boolean({ default: false, description: "skip other files, instead of failing" }),
    },
    { additionalProperties: false },
  ),
  remembers: "included",
  observe: () => ({}),
  plan(_answers, { file, dir }) {
    if ((file === undefined) !== (dir === undefined)) return [];
    throw new InputError({ code: "include_vars/which", message: "include_vars takes either `file` or `dir`" });
  },
  result(_made, { file, dir, name }) {
    const { files, values } = file ?? dir ?? { files: [], values: {} };
    return {
      changed: false,
      ansible_facts: name === undefined ? values : { [name]: values },
      ansible_included_var_files: files,
    };
  },
  returns: Type.Object({
    ansible_facts: Type.Object({}, { additionalProperties: true, description: "the variables" }),
    ansible_included_var_files: Type.Array(Type.String(), { description: "the files that were read" }),
  }),
});
