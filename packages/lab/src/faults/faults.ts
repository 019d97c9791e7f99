export { createFaultProxy, type FaultProxy, type FaultProxyOptions, type ProxyTraffic } from "./create-fault-proxy.ts";
export type { ConnectionTraffic, Delivery, ProxiedConnection } from "./proxied-connection.ts";
export type { CutOptions, Direction, OneWay, WireFaults } from "./wire-faults.ts";
