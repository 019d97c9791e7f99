import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { findEngine } from "../src/engine/find-engine.ts";
import { runCommand } from "../src/machine/run-command.ts";

const text = async (argv: string[]): Promise<string> => (await runCommand(argv, { check: false })).stdout;

/** All that this machine shows of a lab, by places: empty once the lab is gone. `marks` are words that only it has. */
export async function tracesOf(lab: string, marks: readonly string[]): Promise<string[]> {
  const engine = await findEngine({ install: false });
  const listed = async (...args: string[]) => (await engine.run(args, { check: false })).stdout;
  const places: Record<string, string> = {
    containers: await listed("ps", "--all", "--no-trunc", "--format={{.ID}} {{.Names}}"),
    networks: await listed("network", "ls", "--format={{.Name}}"),
    volumes: await listed("volume", "ls", "--format={{.Name}}"),
    images: await listed("images", "--format={{.Repository}}:{{.Tag}}"),
    mounts: readFileSync("/proc/self/mountinfo", "utf8"),
    links: await text(["ip", "-o", "address"]),
    namespaces: await text(["ls", "/run/netns"]),
    firewall: (await text(["iptables-save"])) + (await text(["nft", "list", "ruleset"])),
    processes: await text(["ps", "-eo", "args"]),
    cgroups: await text(["find", "/sys/fs/cgroup", "-type", "d"]),
    files: [tmpdir(), "/var/tmp", "/dev/shm", "/run/containers/storage/overlay-containers", "/run/runc"]
      .map(namesIn)
      .join("\n"),
    labs: await text(["find", process.env.XDG_STATE_HOME ?? `${process.env.HOME}/.local/state`, "-path", "*evenkeel*"]),
  };
  const words = [`evenkeel-lab-${lab}`, `labs/${lab}`, ...marks];
  return Object.entries(places).flatMap(([place, seen]) =>
    words.filter((word) => seen.includes(word)).map((word) => `${place}: ${word}`),
  );
}

function namesIn(directory: string): string {
  try {
    return readdirSync(directory).join("\n");
  } catch {
    // Not every machine has each of them.
    return "";
  }
}

/** Words that only this container's traces have: its identity, its namespace, its interface's address. */
export async function marksOf(container: string): Promise<string[]> {
  const engine = await findEngine({ install: false });
  const format =
    "--format={{.Id}} {{.NetworkSettings.SandboxKey}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
  const { stdout } = await engine.run(["container", "inspect", format, container]);
  const [id = "", sandbox = "", address = ""] = stdout.trim().split(" ");
  const subnet = `${address.split(".").slice(0, 3).join(".")}.`;
  return [id, sandbox.split("/").pop() ?? "", subnet].filter((mark) => mark !== "");
}
