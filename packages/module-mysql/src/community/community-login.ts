import { Refused } from "@evenkeel/core";
import { Type } from "typebox";
import { LoginParams } from "../door/login-params.ts";

const tls = "the way to the server is the host's socket, or a tunnel through SSH: it is encrypted already";

/** What all of Ansible's modules for MySQL take beside their own. */
export const CommunityLogin = {
  ...LoginParams,
  connect_timeout: Type.Optional(
    Type.Integer({ description: "has no effect: the connection has deadlines of its own" }),
  ),
  client_cert: Refused(tls),
  client_key: Refused(tls),
  ca_cert: Refused(tls),
  check_hostname: Refused(tls),
};
