import { Command, InvalidArgumentError, Option } from "commander";

/** `evenkeel lab …`: the commands and their options; what they do is loaded when it is asked for. */
export function labCommand(): Command {
  return command("lab")
    .description("disposable real hosts on this machine")
    .addCommand(upCommand())
    .addCommand(downCommand())
    .addCommand(listCommand())
    .addCommand(sshCommand())
    .addCommand(snapshotCommand())
    .addCommand(pruneCommand());
}

/** Mistakes are thrown, so that the program decides its status. */
const command = (name: string): Command => new Command(name).exitOverride();

const upCommand = (): Command =>
  command("up")
    .description("boot hosts that stay until they are taken down")
    .argument("[names...]", "names of the hosts (default: host-1)")
    .option("--hosts <count>", "so many, named host-1, host-2 …", parseCount)
    .addOption(
      new Option("--suite <suite>", "what they are").choices(["trixie", "bookworm", "sid", "tiny"]).default("trixie"),
    )
    .addOption(
      new Option("--sudo <mode>", "whether sudo asks deploy for a password")
        .choices(["nopasswd", "password"])
        .default("nopasswd"),
    )
    .option("--snapshot <name>", "start from a snapshot instead of a suite")
    .option("--publish <port...>", "tcp ports to reach beyond 22, 53, 80 and 443", collectPorts, [])
    .option("--name <lab>", "a name for the lab")
    .action(async (names, options) => (await import("./lab/up.ts")).up(names, options));

const downCommand = (): Command =>
  command("down")
    .description("remove a lab, and what killed processes have left")
    .argument("[lab]", "which one, when there are several")
    .option("--all", "every lab but those that a running process still uses")
    .action(async (lab, options) => (await import("./lab/down.ts")).down(lab, options));

const listCommand = (): Command =>
  command("list")
    .description("show the labs of this machine")
    .option("--json", "as JSON")
    .action(async (options) => (await import("./lab/list.ts")).list(options));

const sshCommand = (): Command =>
  command("ssh")
    .description("log in to a host, or run a command there")
    .argument("<host>", "a host, or LAB/HOST")
    .argument("[command...]", "after --, what to run there")
    .option("-u, --user <user>", "as whom", "deploy")
    .action(async (host, argv, options) => (await import("./lab/ssh.ts")).ssh(host, argv, options));

const snapshotCommand = (): Command =>
  command("snapshot")
    .description("keep a host's disk, to boot others from it")
    .argument("<host>", "a host, or LAB/HOST")
    .argument("<name>", "what to call it")
    .action(async (host, name) => (await import("./lab/snapshot.ts")).snapshot(host, name));

const pruneCommand = (): Command =>
  command("prune")
    .description("remove base images, cached packages and kept snapshots, but for those in use")
    .argument("[snapshots...]", "only these snapshots")
    .action(async (snapshots) => (await import("./lab/prune.ts")).prune(snapshots));

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 250) return count;
  throw new InvalidArgumentError("give a number from 1 to 250.");
}

function collectPorts(text: string, ports: number[]): number[] {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return [...ports, port];
  throw new InvalidArgumentError("give a number from 1 to 65535.");
}
