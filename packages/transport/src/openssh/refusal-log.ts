import { execFile } from "node:child_process";

/**
 * Makes `ssh` say on stderr when the host refuses a way through (a tunnel to where nobody listens), however quiet it is
 * otherwise. Since OpenSSH 8.5; with an older one such a tunnel just ends.
 */
export async function refusalLogOptions(): Promise<readonly string[]> {
  const version = await new Promise<string>((resolve) => {
    execFile("ssh", ["-V"], (_error, _stdout, stderr) => resolve(stderr));
  });
  const [, major = 0, minor = 0] = /OpenSSH_\D*(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  return major * 100 + minor >= 805 ? ["-o", "LogVerbose=channels.c:channel_input_open_failure():*"] : [];
}
