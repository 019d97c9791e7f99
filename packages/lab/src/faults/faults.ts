export { type ExhaustInodes, exhaustInodes } from "./host/exhaust-inodes.ts";
export { type FillDisk, fillDisk } from "./host/fill-disk.ts";
export { holdAptLock } from "./host/hold-apt-lock.ts";
export type { FaultHost, HostFault } from "./host/host-fault.ts";
export { killSshd, restartSshd, type SshdSessions } from "./host/kill-sshd.ts";
export { readOnly } from "./host/read-only.ts";
export { skewClock } from "./host/skew-clock.ts";
export { pauseHost, stopHost } from "./host/stop-host.ts";
export {
  createFaultProxy,
  type FaultProxy,
  type FaultProxyOptions,
  type ProxyTraffic,
} from "./wire/create-fault-proxy.ts";
export type { ConnectionTraffic, Delivery, ProxiedConnection } from "./wire/proxied-connection.ts";
export type { CutOptions, Direction, OneWay, WireFaults } from "./wire/wire-faults.ts";
