import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { KeyOptions } from "../vault/options.ts";
import { addKeyOptions } from "../vault/options.ts";

/** What every command takes that reads an inventory and goes to hosts; letters as Ansible has them. */
export interface HostOptions extends KeyOptions {
  readonly inventory?: readonly string[];
  readonly limit?: string;
  readonly extraVars?: readonly string[];
  readonly user?: string;
  readonly privateKey?: string;
  readonly connection?: string;
  readonly askPass?: boolean;
  readonly become?: boolean;
  readonly becomeUser?: string;
  readonly becomeMethod?: string;
  readonly askBecomePass?: boolean;
  readonly forks?: number;
  readonly verbose?: number;
  readonly json?: boolean;
}

/** What commands take that read a playbook. */
export interface PlaybookOptions extends HostOptions {
  /** Set in `ansible.cfg` or the environment. */
  readonly rolesPath?: readonly string[];
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  readonly startAtTask?: string;
}

export function addHostOptions(command: Command): Command {
  return addKeyOptions(command)
    .option("-i, --inventory <source>", "a file, a folder, a program, or hosts with a comma; several times", collect)
    .option("-l, --limit <pattern>", "only these hosts")
    .option("-e, --extra-vars <vars>", "variables: k=v, JSON, or @file; several times", collect)
    .option("-u, --user <name>", "log in as, where the inventory says nothing")
    .option("--private-key <file>", "log in with, where the inventory says nothing")
    .option("-c, --connection <way>", "ssh, openssh or local, where the inventory says nothing")
    .option("-k, --ask-pass", "ask for the password to log in with")
    .option("-b, --become", "be root, where the playbook says nothing")
    .option("--become-user <name>", "be this user instead of root")
    .option("--become-method <method>", "sudo, su or doas")
    .option("-K, --ask-become-pass", "ask for the password to become root with")
    .option("-f, --forks <count>", "so many hosts at once", count)
    .option("-v, --verbose", "tell more; several times", (_, before: number | undefined) => (before ?? 0) + 1)
    .option("--json", "one event per line, as JSON");
}

export function addPlaybookOptions(command: Command): Command {
  return addHostOptions(command)
    .option("-t, --tags <tags>", "only what has one of these tags", collectWords)
    .option("--skip-tags <tags>", "not what has one of these tags", collectWords)
    .option("--start-at-task <name>", "leave out everything before this task");
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function count(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new InvalidArgumentError("it is a number of at least 1");
}

const collectWords = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(",").map((word) => word.trim()),
];
