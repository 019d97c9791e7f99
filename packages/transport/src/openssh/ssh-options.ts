import { InputError } from "@evenkeel/core";
import type { Endpoint } from "../endpoint.ts";

/** What `ssh` is started with: a configuration file's text, and arguments that end in the host. */
export interface SshOptions {
  readonly config: string;
  readonly argv: readonly string[];
}

/** Where in our private directory things lie. */
export interface SshPaths {
  readonly config: string;
  readonly control: string;
  readonly pin: string;
}

const SILENT_SECONDS = 10;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Our words stand in a file of their own before the user's, because a file is handed on to the hops of a ProxyJump and
 * arguments are not; the first value of a word wins.
 */
export function sshOptions(endpoint: Endpoint, paths: SshPaths): SshOptions {
  const { port, user, proxyJump, trust, name, address } = endpoint;
  const jump = proxyJump === "none" || proxyJump === undefined ? proxyJump : proxyJump.join(",");
  const argv = [
    ["-F", paths.config],
    ["-N", "-T"],
    ["-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-S", paths.control],
    ["-o", "PermitLocalCommand=yes", "-o", `LocalCommand=echo ${READY}`],
    user === undefined ? [] : ["-l", user],
    port === undefined ? [] : ["-p", String(port)],
    jump === undefined ? [] : ["-o", `ProxyJump=${jump || "none"}`],
    trust?.kind === "fingerprint" ? pinned(paths.pin) : [],
    ["--", address ?? name],
  ];
  return { config: configText(endpoint), argv: argv.flat() };
}

/** What ssh prints once it is logged in and its control socket listens. */
export const READY = "evenkeel-connected";

function configText(endpoint: Endpoint): string {
  const { identityFiles = [], knownHostsFiles, agent, sshConfig, trust, connectTimeoutMs } = endpoint;
  const seconds = Math.ceil((connectTimeoutMs ?? DEFAULT_TIMEOUT_MS) / 1000);
  return [
    "Host *",
    "BatchMode yes",
    "LogLevel ERROR",
    "ConnectionAttempts 1",
    `ConnectTimeout ${seconds}`,
    `ServerAliveInterval ${SILENT_SECONDS}`,
    "ServerAliveCountMax 3",
    "UpdateHostKeys no",
    "ClearAllForwardings yes",
    "ForwardAgent no",
    "ForwardX11 no",
    "RequestTTY no",
    "RemoteCommand none",
    ...(trust === undefined ? [] : [`StrictHostKeyChecking ${trust.kind === "accept-new" ? "accept-new" : "yes"}`]),
    ...(knownHostsFiles === undefined ? [] : [`UserKnownHostsFile ${knownHostsFiles.map(quote).join(" ") || "none"}`]),
    ...identityFiles.map((path) => `IdentityFile ${quote(path)}`),
    ...(agent === undefined ? [] : [`IdentityAgent ${quote(agent)}`]),
    ...includes(sshConfig),
    // After the user's own words: what is not said there is not asked either.
    "StrictHostKeyChecking yes",
    "",
  ].join("\n");
}

function includes(sshConfig: string | undefined): string[] {
  if (sshConfig === "none") return [];
  return sshConfig === undefined
    ? ["Include ~/.ssh/config", "Include /etc/ssh/ssh_config"]
    : [`Include ${quote(sshConfig)}`];
}

function quote(path: string): string {
  if (!/["\n\\]/.test(path)) return `"${path}"`;
  throw new InputError({
    code: "ssh-config/invalid",
    message: `ssh cannot be told of a path with quotes, backslashes or line breaks in it: ${JSON.stringify(path)}`,
    hint: "rename the file",
  });
}

/** A command that knows the host by its fingerprint alone; known_hosts has no say. */
function pinned(script: string): string[] {
  return [
    "-o",
    "UserKnownHostsFile=none",
    "-o",
    "GlobalKnownHostsFile=none",
    "-o",
    `KnownHostsCommand=/bin/sh ${script} %f %H %t %K`,
  ];
}

/** The script for `pinned`: prints a known_hosts line if the shown key has the fingerprint. */
export function pinScript(sha256: string): string {
  const bare = sha256
    .replace(/^SHA256:/i, "")
    .replace(/=+$/, "")
    .replace(/[^A-Za-z0-9+/]/g, "");
  return `[ "$1" = "SHA256:${bare}" ] || exit 0\nprintf '%s %s %s\\n' "$2" "$3" "$4"\n`;
}
