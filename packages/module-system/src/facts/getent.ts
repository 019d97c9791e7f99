import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import { getentKey, getent as getentKind } from "@evenkeel/kinds";
import { Type } from "typebox";

const messages = {
  "no-key": "One or more supplied key could not be found in the database.",
  "no-database": "Missing arguments, or database unknown.",
  "no-enumeration": "Enumeration not supported on this database.",
} as const;

export const getent = defineModule({
  name: "getent",
  summary: "Lines of a host's databases, such as passwd, as facts.",
  params: Type.Object(
    {
      database: Type.String({ description: "the database, such as passwd, group or hosts" }),
      key: Type.Optional(Type.String({ description: "what to look for; left out: everything" })),
      service: Type.Optional(Type.String({ description: "where to look, such as files" })),
      split: Type.Optional(
        Type.String({ description: "what parts a line's fields; left out: a colon or blanks, as usual" }),
      ),
      fail_key: Type.Boolean({ default: true, description: "fail when the key is not there" }),
    },
    { additionalProperties: false },
  ),
  observe: ({ database, key, service }) => ({
    found: getentKind(
      getentKey({ database, ...(key !== undefined && { key }), ...(service !== undefined && { service }) }),
    ),
  }),
  plan({ found }, { fail_key }) {
    const { state } = found;
    if (isUnsettled(state) || state.state === "present" || (state.because === "no-key" && !fail_key)) return [];
    throw new StepError({ code: `getent/${state.because}`, message: messages[state.because] });
  },
  remembers: "facts",
  result({ before: { found } }, { database, key, split }) {
    const name = `getent_${database}`;
    if (isUnsettled(found.state)) return { ansible_facts: { [name]: {} } };
    if (found.state.state === "absent")
      return { ansible_facts: { [name]: { [key ?? ""]: null } }, msg: messages[found.state.because] };
    return {
      ansible_facts: {
        [name]: tree(
          found.state.lines,
          split ?? (["passwd", "shadow", "group", "gshadow"].includes(database) ? ":" : undefined),
        ),
      },
    };
  },
  returns: Type.Object({
    ansible_facts: Type.Record(Type.String(), Type.Unknown(), {
      description: "`getent_DATABASE`: fields by their first one",
    }),
    msg: Type.Optional(Type.String({ description: "what was not found" })),
  }),
});

/** By the first field; what comes more than once is a list of what came. */
function tree(lines: readonly string[], split: string | undefined): Record<string, unknown> {
  const all = new Map<string, string[][]>();
  for (const line of lines) {
    const [key = "", ...rest] = split === undefined ? line.trim().split(/\s+/) : line.split(split);
    all.set(key, [...(all.get(key) ?? []), rest]);
  }
  return Object.fromEntries([...all].map(([key, values]) => [key, values.length === 1 ? values[0] : values]));
}
