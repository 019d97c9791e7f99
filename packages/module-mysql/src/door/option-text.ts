import { InputError, Secret } from "@evenkeel/core";
import type { Door } from "./door.ts";

/**
 * What the client is told about a login, as a file of options: it goes by a pipe, never by a command line. None where
 * the client's own files and the host's user will do.
 */
export function optionText({ socket, user, password, optionFile }: Door = {}): string | Secret | undefined {
  if (socket === undefined && user === undefined && password === undefined && optionFile === undefined)
    return undefined;
  const shown = password instanceof Secret ? password.reveal() : password;
  const text = [
    ...(optionFile === undefined ? [] : [`!include ${demandPath(optionFile)}`]),
    "[client]",
    ...(socket === undefined ? [] : [`socket=${value(socket)}`]),
    ...(user === undefined ? [] : [`user=${value(user)}`]),
    ...(shown === undefined ? [] : [`password=${value(shown)}`]),
    "",
  ].join("\n");
  return shown === undefined ? text : new Secret(text);
}

/** Between quotes a backslash escapes, and nothing else means anything. */
function value(text: string): string {
  if (text.includes("\0"))
    throw new InputError({ code: "mysql/nul", message: "a NUL byte in a login for the database server" });
  return `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")}"`;
}

function demandPath(path: string): string {
  if (/^[\w/.~+@-]+$/.test(path) && path.startsWith("/")) return path;
  throw new InputError({
    code: "mysql/option-file",
    message: `a file of options is named by its whole path: ${JSON.stringify(path)}`,
    hint: "such as /root/.my.cnf",
  });
}
