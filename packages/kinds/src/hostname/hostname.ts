import type { Change, Observed, RunStep } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";

/** What a host is called: now, and when it has booted. */
export interface HostnameState {
  readonly live?: string;
  readonly static?: string;
  /** Of the names for people; where systemd keeps one. */
  readonly fqdn?: string;
}

/** The host's name; there is one of them, under any key. */
export const hostname = defineKind<HostnameState, { readonly name: string }>({
  name: "hostname",
  read: () => `uname -n
read -r name 2>/dev/null </etc/hostname; printf '%s\\n' "\${name-}"
hostname -f 2>/dev/null || echo`,
  parse(output, keys) {
    const [live = "", fixed = "", fqdn = ""] = Buffer.from(output).toString().split("\n");
    const state = { live, static: fixed, ...(fqdn !== "" && { fqdn }) };
    return new Map(keys.map((key) => [key, state]));
  },
  ensure(actual, { name }) {
    const { state } = actual;
    if (!isUnsettled(state) && state.live === name && state.static === name) return [];
    return [rename(actual, name)];
  },
  isAsPlanned: (actual, after) => actual.live === after.live && actual.static === after.static,
  isAbsent: () => false,
  unsettles: () => [{ kind: "file", key: "/etc/hostname", because: "the host's name is in it" }],
  describe: ({ live, static: fixed }) => ({
    ...(live !== undefined && { name: live }),
    ...(fixed !== undefined && { "name after a boot": fixed }),
  }),
});

function rename({ kind, key, state }: Observed<HostnameState>, name: string): Change<HostnameState> {
  const back = isUnsettled(state) || state.live === undefined ? [] : [setName(state.live, state.static ?? "")];
  return {
    ...{ kind, key, action: "ensure", before: state, after: { live: name, static: name } },
    ...{ steps: [setName(name, name)], undo: back, interrupts: "nothing" },
  };
}

/** systemd is told, where it listens; else the file is written, and then the kernel is told. */
function setName(live: string, fixed: string): RunStep {
  const script = `live=$1 fixed=$2
if [ "$live" = "$fixed" ] && [ -d /run/systemd/system ] && command -v hostnamectl >/dev/null && hostnamectl set-hostname -- "$live" 2>/dev/null &&
  [ "$(uname -n)" = "$live" ] && read -r now </etc/hostname && [ "$now" = "$fixed" ]; then exit 0; fi
if [ -n "$fixed" ]; then printf '%s\\n' "$fixed" >/etc/hostname.evenkeel && chmod 644 /etc/hostname.evenkeel && mv -f /etc/hostname.evenkeel /etc/hostname || exit
else rm -f /etc/hostname; fi
[ "$(uname -n)" = "$live" ] || if command -v hostname >/dev/null; then hostname "$live"; else printf '%s' "$live" >/proc/sys/kernel/hostname; fi`;
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-hostname", live, fixed] };
}
