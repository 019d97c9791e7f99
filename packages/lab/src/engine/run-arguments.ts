import type { Limits } from "../machine/limits.ts";
import type { EngineKind } from "./engine.ts";

/** All that decides how a host's container is made. */
export type HostContainer = {
  container: string;
  hostname: string;
  image: string;
  network: string;
  address: string;
  hardwareAddress: string;
  /** Where the ports are published, or undefined to publish none. */
  loopback: string | undefined;
  ports: readonly Port[];
  labels: Readonly<Record<string, string>>;
  volumes: readonly string[];
  limits: Limits;
  hasSystemd: boolean;
  command: readonly string[];
};

export type Port = { number: number; protocol: "tcp" | "udp" };

// Beyond an engine's default: what sshd and sudo log, firewalls and routes of its own network, ping, strace.
const capabilities = ["AUDIT_WRITE", "NET_ADMIN", "NET_RAW", "SYS_PTRACE"];

/** `podman run` or `docker run` arguments for one host. */
export function runArguments(kind: EngineKind, host: HostContainer): string[] {
  return [
    "run",
    "--detach",
    `--name=${host.container}`,
    `--hostname=${host.hostname}`,
    `--network=${host.network}`,
    `--ip=${host.address}`,
    `--mac-address=${host.hardwareAddress}`,
    ...publish(host),
    ...Object.entries(host.labels).map(([key, value]) => `--label=${key}=${value}`),
    ...host.volumes.map((volume) => `--volume=${volume}`),
    ...capabilities.map((name) => `--cap-add=${name}`),
    "--security-opt=label=disable",
    ...limitFlags(host.limits),
    ...(kind === "podman" ? podmanOnly(host) : dockerOnly(host)),
    host.image,
    ...host.command,
  ];
}

export const limitFlags = ({ openFiles, processes }: Limits): string[] => [
  // -1 means the same, but has podman 5 write it down, which fails where cgroup2 has no controller for it.
  "--pids-limit=0",
  `--ulimit=nofile=${openFiles}:${openFiles}`,
  `--ulimit=nproc=${processes}:${processes}`,
];

function publish(host: HostContainer): string[] {
  if (host.loopback === undefined) return [];
  return host.ports.map(({ number, protocol }) => `--publish=${host.loopback}:${number}:${number}/${protocol}`);
}

function podmanOnly(host: HostContainer): string[] {
  return [
    `--systemd=${host.hasSystemd ? "always" : "false"}`,
    "--no-hosts",
    "--sdnotify=ignore",
    "--http-proxy=false",
    "--log-driver=k8s-file",
  ];
}

function dockerOnly(host: HostContainer): string[] {
  if (!host.hasSystemd) return [];
  // What podman's --systemd=always does.
  return [
    "--env=container=docker",
    "--stop-signal=SIGRTMIN+3",
    "--tmpfs=/run:mode=755,exec",
    "--tmpfs=/run/lock",
    "--tmpfs=/tmp:exec,mode=1777",
    "--cgroupns=private",
    // For the boot script alone, which makes the host's control groups writable and drops it.
    "--cap-add=SYS_ADMIN",
    "--security-opt=apparmor=unconfined",
  ];
}
