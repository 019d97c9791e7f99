import { InputError } from "@evenkeel/core";
import type { Endpoint } from "./endpoint.ts";
import type { Link } from "./link.ts";
import { loginSecrets } from "./login/login-secrets.ts";
import { hopName, jumpChain } from "./ssh-config/jump-chain.ts";
import { resolveSshConfig } from "./ssh-config/resolve-ssh-config.ts";
import type { SshSettings } from "./ssh-config/ssh-settings.ts";
import type { Borrowed } from "./ssh-pool.ts";
import { SshPool } from "./ssh-pool.ts";
import type { LogIn } from "./ssh2/log-in.ts";
import { logIn } from "./ssh2/log-in.ts";

/** Logs in to a host with npm's ssh2, through its bastions. Links that share a pool share these. */
export async function openSsh2Link(endpoint: Endpoint, signal?: AbortSignal, pool = new SshPool()): Promise<Link> {
  signal?.throwIfAborted();
  const settings = await resolveSshConfig(endpoint);
  const { passphrase, password } = loginSecrets(endpoint);
  const chain = await jumpChain(endpoint, settings);
  for (const hop of [...chain, settings]) demandWithinReach(hop);
  const last = chain.at(-1);
  const way: Pick<LogIn, "pool" | "passphrase"> = { pool, ...(passphrase && { passphrase }) };
  const target: LogIn = { ...way, settings, ...(password && { password }), ...(signal && { signal }) };
  return last === undefined ? logIn(target) : throughBastion(await borrow(chain, way), target);
}

/** The last bastion of a chain, each reached through the one before it. */
async function borrow(chain: readonly SshSettings[], way: Pick<LogIn, "pool" | "passphrase">): Promise<Borrowed> {
  const before = chain.slice(0, -1);
  const settings = chain.at(-1) as SshSettings;
  return way.pool.borrow(chain.map(hopName).join(" "), async () =>
    before.length === 0 ? logIn({ ...way, settings }) : throughBastion(await borrow(before, way), { ...way, settings }),
  );
}

async function throughBastion({ link: via, giveBack }: Borrowed, request: LogIn): Promise<Link> {
  try {
    const link = await logIn({ ...request, via });
    void link.closed.then(giveBack);
    return link;
  } catch (error) {
    await giveBack();
    throw error;
  }
}

/** ssh_config may forbid what ssh2 would do, or ask for what it cannot: going on would mean to disobey. */
function demandWithinReach({ name, beyondUs }: SshSettings): void {
  const binding = beyondUs.filter((word) => !["certificatefile", "pkcs11provider", "knownhostscommand"].includes(word));
  if (binding.length === 0) return;
  throw new InputError({
    code: "ssh-config/needs-openssh",
    message: `ssh_config says more about ${name} than the ssh2 transport understands: ${binding.join(", ")}`,
    host: name,
    hint: "use transport: openssh for this host, or set ssh_config to none",
  });
}
