import type { FaultHost, HostFault } from "./host-fault.ts";
import { hostFault, script } from "./host-fault.ts";

/** Kills sshd (or dropbear) with SIGKILL and keeps it down: new connections are refused, until it is undone. */
export async function killSshd(host: FaultHost, { sessions = false }: SshdSessions = {}): Promise<HostFault> {
  await host.run(script(kill, sessions ? "sessions" : ""));
  return hostFault(() => host.run(script(start)));
}

/** Restarts sshd, as an upgrade of it does. */
export async function restartSshd(host: FaultHost, options: SshdSessions = {}): Promise<void> {
  const down = await killSshd(host, options);
  await down.undo();
}

export interface SshdSessions {
  /** Also kill the processes that serve the open sessions, so that those are cut. Otherwise they live on, as with a real restart. */
  sessions?: boolean;
}

// A session's processes are told from the listener by their parent, which is not PID 1. A tiny host's PID 1 restarts dropbear,
// and cannot be told not to: so it does not find it.
const kill = `
listeners() { each sh -c '[ "$2" = 1 ]' sh; }
each() {
  for status in /proc/[0-9]*/status; do
    pid=\${status#/proc/}; pid=\${pid%/status}
    name=$(sed -n 's/^Name:[[:space:]]*//p' "$status" 2>/dev/null) || continue
    parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$status" 2>/dev/null) || continue
    case $name in sshd | sshd-session | sshd-auth | dropbear) ;; *) continue ;; esac
    if "$@" "$pid" "$parent"; then echo "$pid"; fi
  done
}
sessions() { each sh -c '[ "$2" != 1 ]' sh; }
others=$(sessions)
if [ -d /run/systemd/system ]; then
  systemctl kill --kill-whom=main --signal=KILL ssh.service
  systemctl stop ssh.service
else
  mv /usr/sbin/dropbear /usr/sbin/dropbear.killed
  kill -KILL $(listeners)
fi
if [ -n "$1" ] && [ -n "$others" ]; then kill -KILL $others 2>/dev/null || true; fi
`;

const start = `
if [ -d /run/systemd/system ]; then
  systemctl reset-failed ssh.service 2>/dev/null || true
  systemctl start ssh.service
else
  if [ -e /usr/sbin/dropbear.killed ]; then mv /usr/sbin/dropbear.killed /usr/sbin/dropbear; fi
  until grep -q ':0016 .* 0A ' /proc/net/tcp /proc/net/tcp6; do sleep 0.1; done
fi
`;
