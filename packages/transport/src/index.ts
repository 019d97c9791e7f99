export type { Endpoint, HostTrust } from "./endpoint.ts";
export type { Channel, ChannelEnd, Link, TunnelTarget } from "./link.ts";
