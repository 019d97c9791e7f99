import { expect, test } from "vitest";
import { portsOf } from "../lab/addresses.ts";
import type { HostContainer } from "./run-arguments.ts";
import { runArguments } from "./run-arguments.ts";

const host: HostContainer = {
  container: "evenkeel-lab-x-web",
  hostname: "web",
  image: "localhost/evenkeel-lab/trixie:1",
  network: "evenkeel-lab-x",
  address: "198.19.10.1",
  hardwareAddress: "02:ec:13:0a:01:00",
  loopback: "127.0.10.1",
  ports: portsOf([3306]),
  labels: { "evenkeel.lab": "x" },
  volumes: ["packages:/var/cache/evenkeel-lab"],
  limits: { openFiles: 20_000, processes: 8192 },
  hasSystemd: true,
  command: ["/boot", "id"],
};

test("every port is published on the host's own address and nowhere else", () => {
  const published = runArguments("podman", host).filter((argument) => argument.startsWith("--publish"));
  expect(published).toHaveLength(6);
  for (const argument of published) expect(argument).toMatch(/^--publish=127\.0\.10\.1:(\d+):\1\/(tcp|udp)$/);
  expect(runArguments("podman", { ...host, loopback: undefined }).join(" ")).not.toContain("--publish");
});

test("image and command come last, in this order", () => {
  for (const kind of ["podman", "docker"] as const) {
    expect(runArguments(kind, host).slice(-3)).toEqual([host.image, "/boot", "id"]);
  }
});

test("systemd gets what it needs from either engine, a tiny host does not", () => {
  expect(runArguments("podman", host)).toContain("--systemd=always");
  expect(runArguments("docker", host)).toContain("--stop-signal=SIGRTMIN+3");
  expect(runArguments("podman", { ...host, hasSystemd: false })).toContain("--systemd=false");
  expect(runArguments("docker", { ...host, hasSystemd: false }).join(" ")).not.toContain("SIGRTMIN");
});

test("limits are what the machine can give", () => {
  expect(runArguments("podman", host)).toEqual(
    expect.arrayContaining(["--ulimit=nofile=20000:20000", "--ulimit=nproc=8192:8192", "--pids-limit=0"]),
  );
});
