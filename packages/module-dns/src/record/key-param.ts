import { MaybeSecret } from "@evenkeel/core";
import { Type } from "typebox";
import { tsigAlgorithms } from "../wire/tsig.ts";

export const algorithmParam = Type.Enum([...tsigAlgorithms], {
  type: "string",
  default: "hmac-sha256",
  description: "how it signs",
});

export const secretParam = MaybeSecret({ description: "the secret itself, in base64, as tsig-keygen makes it" });

/** A key that the name server knows. */
export const keyParam = Type.Object(
  { name: Type.String({ description: "the key's name" }), algorithm: algorithmParam, secret: secretParam },
  { additionalProperties: false, description: "what signs the update (TSIG)" },
);
