import type { FaultHost, HostFault } from "./host-fault.ts";
import { hostFault, script } from "./host-fault.ts";

/**
 * Sets the clock of a Debian host ahead (or back, by negative seconds) for every program that is started from now on. The machine's
 * kernel has one clock for all hosts, so this is libfaketime, preloaded; the README tells what it cannot reach.
 */
export async function skewClock(host: FaultHost, seconds: number): Promise<HostFault> {
  const offset = `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}`;
  await host.run(script(skew, offset));
  return hostFault(() => host.run(script(unskew)));
}

// Without these programs' event loops see a clock that the kernel's timers do not follow, and systemd's own tools fail.
const SKIPPED = [
  ...[
    "systemctl",
    "systemd-run",
    "journalctl",
    "loginctl",
    "busctl",
    "dbus-daemon",
    "systemd-logind",
    "systemd-journald",
  ],
  ...["systemd-networkd", "systemd-resolved", "systemd-timesyncd", "systemd-udevd"],
].join(",");

const SETTINGS = {
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  // Else it leaves an object in /dev/shm, and a variable, for each process.
  FAKETIME_DISABLE_SHM: "1",
  // Files keep the times that they were given: else `tar` and `cp -p` would not keep them.
  NO_FAKE_STAT: "1",
  FAKETIME_SKIP_CMDS: SKIPPED,
};

const names = Object.keys(SETTINGS).join(" ");
const assignments = Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}`);
const folder = "/usr/local/lib/evenkeel-lab-clock";

const unskew = `
rm -f /etc/ld.so.preload
[ -d ${folder} ] || exit 0
systemctl unset-environment ${names}
if [ -e ${folder}/environment ]; then cat ${folder}/environment > /etc/environment; else rm -f /etc/environment; fi
rm -rf /etc/faketimerc /etc/sudoers.d/evenkeel-lab-clock ${folder} /dev/shm/faketime_shm_* /dev/shm/sem.faketime_sem_*
`;

// The environment comes by three ways: sessions have it from PAM, sudo lets it pass, services have it from systemd. The preload is
// last: until then nothing has changed for any program.
const skew = `
[ -d /run/systemd/system ] && command -v dpkg-deb >/dev/null || { echo "a skewed clock needs Debian with systemd" >&2; exit 2; }
[ ! -e /etc/ld.so.preload ] || { echo "/etc/ld.so.preload is there already: is the clock skewed twice?" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 0755 .
apt-get download -qq libfaketime >/dev/null 2>&1 || { apt-get update -qq && apt-get download -qq libfaketime; } >&2
dpkg-deb -x libfaketime_*.deb .
mkdir -p ${folder}
cp "$(find . -name libfaketime.so.1)" ${folder}/
if [ -e /etc/environment ]; then cp -p /etc/environment ${folder}/; fi
printf '%s\\n' ${assignments.join(" ")} >> /etc/environment
systemctl set-environment ${assignments.join(" ")}
echo 'Defaults env_keep += "${names}"' > "$work/sudoers"
install -m 0440 "$work/sudoers" /etc/sudoers.d/evenkeel-lab-clock
echo "$1" > /etc/faketimerc
echo ${folder}/libfaketime.so.1 > "$work/preload"
install -m 0644 "$work/preload" /etc/ld.so.preload
`;
