import { defineModule } from "@evenkeel/core";
import { aptPackage, ensurePackages } from "@evenkeel/kinds";
import { Type } from "typebox";

const Name = Type.String({ description: "a package's name" });

export const packageModule = defineModule({
  name: "package",
  summary: "Packages of the host's distribution.",
  params: Type.Object(
    {
      name: Type.Union([Name, Type.Array(Name)], { description: "one package, or several" }),
      state: Type.Union([Type.Literal("present"), Type.Literal("absent")], {
        default: "present",
        description: "whether they are to be there",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ name }) => Object.fromEntries([name].flat().map((each) => [each, aptPackage(each)])),
  plan: (packages, { state }) =>
    ensurePackages(Object.values(packages), { state: state === "present" ? "installed" : "absent" }),
});
