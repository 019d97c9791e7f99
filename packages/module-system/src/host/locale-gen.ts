import { defineModule } from "@evenkeel/core";
import { locale } from "@evenkeel/kinds";
import { Type } from "typebox";

export const localeGen = defineModule({
  name: "locale_gen",
  summary: "Locales that programs can use, on Debian and its like.",
  params: Type.Object(
    {
      name: Type.Array(Type.String(), { description: "one locale, or several, such as de_DE.UTF-8", split: true }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether they are to be there",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ name }) => ({ wanted: name.map((each) => locale(each)) }),
  plan: ({ wanted }, { state }) => wanted.flatMap((each) => locale.ensure(each, { state })),
});
