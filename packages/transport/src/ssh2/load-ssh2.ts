import { createRequire } from "node:module";
import type { BaseAgent, Client, ParsedKey } from "ssh2";

/** The parts of npm's ssh2 that a client needs. */
export interface Ssh2 {
  readonly Client: new () => Client;
  readonly BaseAgent: typeof BaseAgent;
  readonly createAgent: (socketPath: string) => BaseAgent;
  readonly parseKey: (data: Buffer | string, passphrase?: string) => ParsedKey | ParsedKey[] | Error;
}

/**
 * Loads ssh2's client, when a connection is under way and not before. Its main file would load the server, the key
 * generator and the HTTP agents too. `require` spares the scan for names that `import()` makes of a CommonJS module.
 */
export function loadSsh2(): Ssh2 {
  const require = createRequire(import.meta.url);
  const agents = require("ssh2/lib/agent.js");
  return {
    Client: require("ssh2/lib/client.js"),
    BaseAgent: agents.BaseAgent,
    createAgent: agents.createAgent,
    parseKey: require("ssh2/lib/protocol/keyParser.js").parseKey,
  };
}
