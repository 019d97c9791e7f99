import { insideDirectory } from "../images/debian-scripts.ts";

/**
 * Runs in a host with the machine's privileges, after each boot; standard input is the lab's lines for /etc/hosts.
 * Engines lay files of theirs over three of the host's, which then cannot be replaced by renaming, as every careful tool
 * does; here they become the host's own, with the same content. It prints the public half of sshd's key.
 */
export const settleScript = `set -eu
[ -x ${insideDirectory}/boot ] || { echo "the engine runs commands outside of its containers (in a chroot, it may)" >&2; exit 1; }
fresh=
[ -e /var/lib/evenkeel-lab/settled ] || fresh=yes
for file in hostname resolv.conf hosts; do
  if grep -q " /etc/$file " /proc/self/mounts; then
    content=$(cat /etc/$file)
    umount /etc/$file
    if [ -n "$fresh" ]; then printf '%s\\n' "$content" > /etc/$file; fi
  fi
done
if [ -n "$fresh" ]; then
  printf '%s\\n' "$1" > /etc/hostname
  printf '127.0.0.1 localhost\\n::1 localhost ip6-localhost ip6-loopback\\n' > /etc/hosts
  : > /var/lib/evenkeel-lab/settled
fi
mine=$(cat)
others=$(grep -v ' # evenkeel-lab$' /etc/hosts || true)
printf '%s\\n%s\\n' "$others" "$mine" > /etc/hosts
if [ -d /etc/dropbear ] && [ ! -d /etc/ssh ]; then
  dropbearkey -y -f /etc/dropbear/dropbear_ed25519_host_key | grep '^ssh-ed25519'
else
  cat /etc/ssh/ssh_host_ed25519_key.pub
fi
`;

/** The line of /etc/hosts that makes one host known to another. */
export const hostsLine = (address: string, name: string): string => `${address} ${name} # evenkeel-lab`;
