import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { InputError } from "@evenkeel/core";
import { matchPattern } from "../identity/match-pattern.ts";
import { expandInclude } from "./expand-include.ts";
import type { ConfigLine } from "./parse-ssh-config.ts";
import { parseSshConfig } from "./parse-ssh-config.ts";

/** What ssh_config says about one host: the first value of each word, and all values of those that add up. */
export interface HostConfig {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** A word that our own reading does not understand, so that `ssh -G` must be asked: `Match at ~/.ssh/config:3`. */
  readonly unclear: readonly string[];
}

export interface ConfigFile {
  readonly path: string;
  /** Relative Includes are looked for here. */
  readonly directory: string;
  readonly isUsersOwn?: boolean;
}

const MOST_NESTED = 16;

/** Our own reading of ssh_config: Host, Include and everything between them; Match only as `Match all`. */
export async function readSshConfig(files: readonly ConfigFile[], host: string): Promise<HostConfig> {
  const reading = new Reading(host);
  for (const file of files) await reading.readFile(file, 0);
  return reading;
}

class Reading implements HostConfig {
  readonly #host: string;
  readonly values = new Map<string, string[]>();
  readonly unclear: string[] = [];

  constructor(host: string) {
    this.#host = host;
  }

  async readFile(file: ConfigFile, depth: number): Promise<void> {
    const text = await load(file);
    if (text === undefined) return;
    let isActive = true;
    for (const line of parseSshConfig(text, file.path)) {
      if (line.keyword === "host") isActive = this.#isHostMeant(line.values);
      else if (line.keyword === "match") isActive = this.#isMatchMeant(line);
      else if (isActive && line.keyword === "include") await this.#include(line, file, depth);
      else if (isActive) this.#take(line);
    }
  }

  #isHostMeant(patterns: readonly string[]): boolean {
    const isMatch = (pattern: string) => matchPattern(this.#host, pattern);
    if (patterns.some((pattern) => pattern.startsWith("!") && isMatch(pattern.slice(1)))) return false;
    return patterns.some((pattern) => !pattern.startsWith("!") && isMatch(pattern));
  }

  #isMatchMeant({ values, place }: ConfigLine): boolean {
    if (values.length === 1 && values[0]?.toLowerCase() === "all") return true;
    this.unclear.push(`Match at ${place.file}:${place.line}`);
    return false;
  }

  async #include({ values, place }: ConfigLine, { directory }: ConfigFile, depth: number): Promise<void> {
    if (depth >= MOST_NESTED) throw includesItself(place);
    for (const value of values) {
      const path = value.startsWith("~/") ? join(homedir(), value.slice(2)) : value;
      const pattern = isAbsolute(path) ? path : join(directory, path);
      for (const name of await expandInclude(pattern)) await this.readFile({ path: name, directory }, depth + 1);
    }
  }

  #take({ keyword, values, place }: ConfigLine): void {
    if (IGNORED.has(keyword)) return;
    if (!UNDERSTOOD.has(keyword)) this.unclear.push(`${keyword} at ${place.file}:${place.line}`);
    const known = this.values.get(keyword);
    if (known === undefined) this.values.set(keyword, [...values]);
    else if (ADDING_UP.has(keyword)) known.push(...values);
  }
}

async function load({ path, isUsersOwn = false }: ConfigFile): Promise<string | undefined> {
  try {
    const [status, text] = await Promise.all([stat(path), readFile(path, "utf8")]);
    const isForeign = status.uid !== 0 && status.uid !== process.getuid?.();
    if (isUsersOwn && (isForeign || (status.mode & 0o022) !== 0)) throw writableByOthers(path);
    return text;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (cause instanceof InputError) throw cause;
    throw new InputError({
      code: "ssh-config/unreadable",
      message: `cannot read ${path}`,
      place: { file: path },
      detail: message,
      hint: `see: ls -ld ${dirname(path)} ${path}`,
      cause,
    });
  }
}

function writableByOthers(path: string): InputError {
  return new InputError({
    code: "ssh-config/unsafe",
    message: `${path} could be written by others, so neither ssh nor we follow it`,
    place: { file: path },
    hint: `chmod go-w ${path}, and check whose it is`,
  });
}

function includesItself(place: ConfigLine["place"]): InputError {
  return new InputError({
    code: "ssh-config/include-loop",
    message: "Include is nested too deeply; does a file include itself?",
    place,
    hint: `${MOST_NESTED} levels are allowed, as in ssh`,
  });
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const ADDING_UP = words("identityfile certificatefile");

const UNDERSTOOD = words(`
  hostname user port identityfile identitiesonly identityagent proxyjump hostkeyalias userknownhostsfile
  globalknownhostsfile stricthostkeychecking connecttimeout hashknownhosts addressfamily
  proxycommand certificatefile pkcs11provider knownhostscommand revokedhostkeys
`);

/** They concern terminals, forwarding, multiplexing and other things that we do not do, or that we do our own way. */
const IGNORED = words(`
  addkeystoagent batchmode bindaddress bindinterface casignaturealgorithms channeltimeout checkhostip ciphers
  clearallforwardings compression connectionattempts controlmaster controlpath controlpersist dynamicforward
  enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fingerprinthash forkafterauthentication
  forwardagent forwardx11 forwardx11timeout forwardx11trusted gatewayports gssapiauthentication
  gssapidelegatecredentials gssapikeyexchange gssapirenewalforcesrekey gssapitrustdns gssapiserveridentity
  gssapiclientidentity gssapikexalgorithms hostbasedacceptedalgorithms hostbasedauthentication hostbasedkeytypes
  hostkeyalgorithms ignoreunknown ipqos kbdinteractiveauthentication challengeresponseauthentication
  kbdinteractivedevices kexalgorithms localcommand localforward loglevel logverbose macs
  nohostauthenticationforlocalhost numberofpasswordprompts obscurekeystroketiming passwordauthentication
  permitlocalcommand permitremoteopen preferredauthentications proxyusefdpass pubkeyacceptedalgorithms
  pubkeyacceptedkeytypes pubkeyauthentication refuseconnection rekeylimit remotecommand remoteforward requesttty
  requiredrsasize securitykeyprovider sendenv serveralivecountmax serveraliveinterval sessiontype setenv stdinnull
  streamlocalbindmask streamlocalbindunlink syslogfacility tag tcpkeepalive tunnel tunneldevice updatehostkeys
  usekeychain verifyhostkeydns versionaddendum visualhostkey warnweakcrypto xauthlocation
`);
