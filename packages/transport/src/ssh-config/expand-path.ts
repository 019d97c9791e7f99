import { homedir, hostname as localHostname, userInfo } from "node:os";
import { InputError } from "@evenkeel/core";

export interface PathFacts {
  /** The host as it was asked for. */
  readonly asked: string;
  readonly hostname: string;
  readonly user: string;
  readonly port: number;
}

/** A path as ssh_config writes it: `~`, `%h` and its like, `${VARIABLE}`. */
export function expandPath(path: string, { asked, hostname, user, port }: PathFacts): string {
  const tokens: Readonly<Record<string, () => string>> = {
    "%": () => "%",
    d: homedir,
    h: () => hostname,
    i: () => String(userInfo().uid),
    L: () => localHostname().replace(/\..*$/, ""),
    l: localHostname,
    n: () => asked,
    p: () => String(port),
    r: () => user,
    u: () => userInfo().username,
  };
  return path
    .replace(/^~(?=\/|$)/, homedir)
    .replace(/%(.?)/g, (written, token: string) => tokens[token]?.() ?? refuse(path, written))
    .replace(/\$\{(\w+)\}/g, (written, name: string) => process.env[name] ?? refuse(path, written));
}

function refuse(path: string, written: string): never {
  throw new InputError({
    code: "ssh-config/invalid",
    message: `${written} in the path ${path} stands for nothing`,
    hint: "write the path out, or use transport: openssh for this host",
  });
}
