import type { Secret } from "@evenkeel/core";
import { InputError, MaybeSecret } from "@evenkeel/core";
import { Type } from "typebox";
import type { Door } from "./door.ts";

/** How to come in: the same words in all modules, and they are `community.mysql`'s. */
export const LoginParams = {
  login_user: Type.Optional(
    Type.String({ description: "as whom; left out: the host's own user, which is root's way in" }),
  ),
  login_password: Type.Optional(
    MaybeSecret({ description: "that user's password; not needed for root on the server's own host" }),
  ),
  login_unix_socket: Type.Optional(
    Type.String({ description: "the server's socket, where it is not in its usual place" }),
  ),
  login_host: Type.Optional(
    Type.String({ description: "a server's address as the host sees it; left out or localhost: the socket" }),
  ),
  login_port: Type.Optional(Type.Integer({ description: "the port there (3306)" })),
  config_file: Type.Optional(
    Type.String({
      description: "a file of options on the host; left out: what the client reads by itself, ~/.my.cnf too",
    }),
  ),
};

export interface Login {
  readonly login_user?: string | undefined;
  readonly login_password?: string | Secret | undefined;
  readonly login_unix_socket?: string | undefined;
  readonly login_host?: string | undefined;
  readonly login_port?: number | undefined;
  readonly config_file?: string | undefined;
}

/** None: the server's socket, as the host's own user. */
export function doorOf(login: Login): Door | undefined {
  const { login_unix_socket: socket, login_host: host, login_port: port, login_user: user } = login;
  const isAway = socket === undefined && host !== undefined && host !== "localhost" && host !== "";
  if (isAway && (user === undefined || login.login_password === undefined)) {
    throw new InputError({
      code: "mysql/login",
      message: `a server at ${host} is reached through a tunnel, and takes a user with a password`,
      hint: "give login_user and login_password; or leave login_host out to use the server's socket",
    });
  }
  const door: Door = {
    ...(socket !== undefined && !usualSockets.has(socket) && { socket }),
    ...(isAway && { host, ...(port !== undefined && { port }) }),
    ...(user !== undefined && { user }),
    ...(login.login_password !== undefined && { password: login.login_password }),
    // What the client reads by itself need not be said.
    ...(login.config_file && !/^(~|\/root)\/\.my\.cnf$/.test(login.config_file) && { optionFile: login.config_file }),
  };
  return Object.keys(door).length === 0 ? undefined : door;
}

/** Where the client looks by itself: named or not, it is the same way in. */
const usualSockets = new Set(["", "/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock"]);
