import { defineModule } from "@evenkeel/core";
import { sshKey, user as userKind } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { desiredUser } from "./desired-user.ts";
import { UserParams } from "./user-params.ts";
import { userResult, userReturns } from "./user-result.ts";

type Params = Static<typeof UserParams>;

export const user = defineModule({
  name: "user",
  summary: "A user's account.",
  params: UserParams,
  observe: (params) => ({
    current: userKind(params.name, params.local ? { local: true } : undefined),
    keys: params.generate_ssh_key && params.state === "present" ? [sshKey(params.name, { file: keyFile(params) })] : [],
  }),
  plan: ({ current, keys }, params) => [
    ...userKind.ensure(current, desiredUser(params)),
    ...keys.flatMap((key) =>
      sshKey.ensure(key, {
        ...{ type: params.ssh_key_type, bits: params.ssh_key_bits, comment: params.ssh_key_comment },
        ...{ passphrase: params.ssh_key_passphrase, replaces: params.force },
      }),
    ),
  ],
  result: (made, params) => userResult(made, params),
  returns: userReturns,
});

function keyFile({ ssh_key_file, ssh_key_type }: Params): string {
  return ssh_key_file ?? `.ssh/id_${ssh_key_type}`;
}
