import { execFile } from "node:child_process";
import { InputError } from "@evenkeel/core";

export interface SshQuestion {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly configFile?: string;
}

/** What the system's ssh makes of its configuration (`ssh -G`), or undefined where there is no ssh. */
export async function askSsh(question: SshQuestion): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const { host, user, port, configFile } = question;
  const argv = [
    "-G",
    ...(configFile === undefined ? [] : ["-F", configFile]),
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", String(port)]),
    "--",
    host,
  ];
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  execFile("ssh", argv, { timeout: 10_000 }, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else if ((error as NodeJS.ErrnoException).code === "ENOENT") resolve(undefined);
    else reject(explain(host, stderr || error.message, error));
  });
  const output = await promise;
  return output === undefined ? undefined : readAnswer(output);
}

/** `word value`, one a line; words that add up come several times. */
function readAnswer(output: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const line of output.split("\n")) {
    const [, keyword, value] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    // The only words of ours whose one line is a list.
    const listed = /^(user|global)knownhostsfile$/.test(keyword) ? value.split(" ") : [value];
    values.set(keyword, [...(values.get(keyword) ?? []), ...listed]);
  }
  return values;
}

function explain(host: string, words: string, cause: Error): InputError {
  return new InputError({
    code: "ssh-config/invalid",
    message: `ssh cannot read its configuration for ${host}`,
    host,
    detail: words.trim(),
    hint: "ssh names the file and line; to go without ssh_config, set it to none for this host",
    cause,
  });
}
