import { Type } from "typebox";

export const deployReturns = Type.Object({
  release: Type.Optional(Type.String({ description: "the release that serves" })),
});
