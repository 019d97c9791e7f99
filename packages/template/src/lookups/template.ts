import { dictEntries, isDict } from "../python/dict.ts";
import { wrongValue } from "../python/fault.ts";
import { toText } from "../python/repr.ts";
import type { Settings } from "../syntax/settings.ts";
import { settingNames } from "../syntax/settings.ts";
import { readText } from "./file-lookups.ts";
import { mustFind } from "./find-file.ts";
import type { Lookup } from "./lookup.ts";

/** Template files, rendered with the variables there are and with `template_vars` over them. */
export const template: Lookup = (terms, options, context) => {
  const {
    template_vars: more = new Map(),
    convert_data: _data,
    jinja2_native: _native,
    ...rest
  } = Object.fromEntries(options);
  if (!isDict(more)) throw wrongValue("template_vars is a dict");
  const given = dictEntries(more).map(([name, value]) => [toText(name), value] as const);
  const settings = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [settingNames[name] ?? unknownOption(name), value]),
  );
  return terms.map((term) => {
    const file = mustFind(term, "templates", context);
    const own = Object.entries(context.environment.namesFor?.(file, toText(term)) ?? {});
    const variables = new Map([...own, ...given]);
    return context.render(readText(file), { file, settings: settings as Partial<Settings>, variables });
  });
};

function unknownOption(name: string): never {
  throw wrongValue(`the template lookup has no option ${name}`);
}
