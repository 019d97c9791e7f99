import { defineModule, Refused } from "@evenkeel/core";
import { Type } from "typebox";

const reason =
  "keys that apt trusts for everything are gone from apt itself; deb822_repository with signed_by gives a key to its repository alone";

/** Refused with a hint: Debian 13 has no apt-key any more. */
export const aptKey = defineModule({
  name: "apt_key",
  summary: "Not supported: use deb822_repository with signed_by.",
  params: Type.Object(
    {
      id: Refused(reason),
      data: Refused(reason),
      file: Refused(reason),
      keyring: Refused(reason),
      keyserver: Refused(reason),
      url: Refused(reason),
      state: Refused(reason),
      validate_certs: Refused(reason),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan: () => [],
});
