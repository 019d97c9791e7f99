import type { Become, Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Reach } from "@evenkeel/runner";
import type { Connection, Endpoint, Privilege } from "@evenkeel/transport";
import { connect, SshPool } from "@evenkeel/transport";
import { lazyPort } from "./lazy-port.ts";

/** Ways to hosts by name. Connections open while the playbook is still being read. */
export class Reaches {
  readonly #pool = new SshPool();
  readonly #open = new Map<string, Connection>();
  readonly #elevated = new Map<string, Map<string, Connection>>();
  readonly #endpoint: (host: string) => Endpoint;
  readonly #becomePassword: (host: string) => Secret | undefined;

  constructor(endpoint: (host: string) => Endpoint, becomePassword: (host: string) => Secret | undefined) {
    this.#endpoint = endpoint;
    this.#becomePassword = becomePassword;
  }

  /** Begins to connect, without waiting. */
  connect(name: string): Connection {
    const known = this.#open.get(name);
    if (known) return known;
    const connection = connect(this.#endpoint(name), { pool: this.#pool });
    this.#open.set(name, connection);
    return connection;
  }

  to(name: string): Reach {
    return {
      as: (become) => {
        const privilege = become && this.#privilege(name, become);
        return lazyPort(() => (privilege ? this.#as(name, privilege) : this.connect(name)));
      },
      anew: async (become, work) => {
        const connection = connect({ ...this.#endpoint(name), connectTimeoutMs: 15_000 }, { pool: new SshPool() });
        try {
          return await work(become ? connection.as(this.#privilege(name, become)) : connection);
        } finally {
          await connection.close();
        }
      },
      reset: async () => {
        await this.#open.get(name)?.close();
        this.#open.delete(name);
        this.#elevated.delete(name);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((connection) => connection.close()));
  }

  #as(name: string, privilege: Privilege): Connection {
    const users = this.#elevated.get(name) ?? new Map<string, Connection>();
    this.#elevated.set(name, users);
    const id = `${privilege.method} ${privilege.user}`;
    const connection = users.get(id) ?? this.connect(name).as(privilege);
    users.set(id, connection);
    return connection;
  }

  #privilege(host: string, { user, method, flags }: Become): Privilege {
    if (flags !== undefined && !isDoneAnyway[method].test(flags.trim())) {
      throw new InputError({
        code: "inventory/become-flags",
        message: `become_flags ${JSON.stringify(flags)} are not understood`,
        host,
        hint: "leave them out: sudo is called with -H, su with -s /bin/sh, and neither makes a login shell",
      });
    }
    const password = this.#becomePassword(host);
    return { user, method, ...(password !== undefined && { password }) };
  }
}

/** Flags that playbooks carry along, and that say what is done in any case. */
const isDoneAnyway: Readonly<Record<Become["method"], RegExp>> = {
  sudo: /^(?:(?:-[HSn]+|--set-home|--stdin|--non-interactive)(?:\s+|$))*$/,
  su: /^(?:(?:-s|--shell)[\s=]*\/bin\/(?:ba)?sh)?$/,
  doas: /^(?:-n)?$/,
};
