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
    if (isUnsettled(current.state)) return params;
    const { path, state } = current.state;
    // Of a file that the task names, Ansible says what it is instead of what was asked for.
    const isNamed = params.path !== undefined && state === "present";
    return { ...params, ...(isNamed && { state: "file" }), ...(path !== undefined && { keyfile: path }) };
  },
  returns: Type.Object({
    user: Type.String({ description: "whose keys they are" }),
    key: Type.String({ description: "the keys that were asked for" }),
    state: Type.String({ description: "what was asked for; `file` where the task names the file" }),
    keyfile: Type.Optional(Type.String({ description: "the file that they are in" })),
    exclusive: Type.Boolean({ description: "as the parameter" }),
    manage_dir: Type.Boolean({ description: "as the parameter" }),
    follow: Type.Boolean({ description: "as the parameter" }),
    path: Type.Optional(Type.String({ description: "as the parameter" })),
    key_options: Type.Optional(Type.String({ description: "as the parameter" })),
    comment: Type.Optional(Type.String({ description: "as the parameter" })),
  }),
});

function textOf({ state }: Observed<AuthorizedKeysState> | { readonly state: Unsettled }): string {
  return isUnsettled(state) || state.state === "absent" ? "" : state.text;
}
