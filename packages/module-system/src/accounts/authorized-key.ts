import type { Observed, Unsettled } from "@evenkeel/core";
import { defineModule, isUnsettled, Refused } from "@evenkeel/core";
import type { AuthorizedKeysState } from "@evenkeel/kinds";
import { authorizedKeys, authorizedKeysText } from "@evenkeel/kinds";
import { Type } from "typebox";

export const authorizedKey = defineModule({
  name: "authorized_key",
  summary: "The keys with which a user may log in.",
  isGuarded: true,
  params: Type.Object(
    {
      user: Type.String({ description: "whose keys they are" }),
      key: Type.String({ description: "public keys, a line each" }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether they are to be there",
      }),
      path: Type.Optional(Type.String({ description: "the file, if it is not the user's .ssh/authorized_keys" })),
      key_options: Type.Optional(Type.String({ description: 'options for them, such as `no-pty,from="10.0.0.1"`' })),
      comment: Type.Optional(Type.String({ description: "their comment, instead of the one they have" })),
      exclusive: Type.Boolean({
        default: false,
        description: "all other keys go; what is not in this one task goes with each loop",
      }),
      manage_dir: Type.Boolean({
        default: true,
        description: "make the folder, and make it the user's alone; say no for one that others use",
      }),
      follow: Type.Boolean({ default: false, description: "where the file is a link, change what it points to" }),
      validate_certs: Refused("keys are not fetched from the host; lookup('url', …) fetches them here"),
    },
    { additionalProperties: false },
  ),
  observe({ user, path, follow }) {
    const via = { ...(path !== undefined && { path }), ...(follow && { follows: true }) };
    return { current: authorizedKeys(user, Object.keys(via).length > 0 ? via : undefined) };
  },
  plan({ current }, { key, state, key_options: options, comment, exclusive, manage_dir }) {
    const text = authorizedKeysText(textOf(current), { keys: key, state, options, comment, isExclusive: exclusive });
    return authorizedKeys.ensure(current, { text, managesFolder: manage_dir });
  },
  result({ after: { current } }, params) {
    const path = isUnsettled(current.state) ? undefined : current.state.path;
    return { ...params, ...(path !== undefined && { keyfile: path }) };
  },
  returns: Type.Object({
    user: Type.String(),
    key: Type.String(),
    state: Type.String(),
    keyfile: Type.Optional(Type.String()),
    exclusive: Type.Boolean(),
    manage_dir: Type.Boolean(),
    follow: Type.Boolean(),
    path: Type.Optional(Type.String()),
    key_options: Type.Optional(Type.String()),
    comment: Type.Optional(Type.String()),
  }),
});

function textOf({ state }: Observed<AuthorizedKeysState> | { readonly state: Unsettled }): string {
  return isUnsettled(state) || state.state === "absent" ? "" : state.text;
}
