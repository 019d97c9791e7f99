/** Where a host keeps what the lab needs inside it. */
export const insideDirectory = "/usr/lib/evenkeel-lab";

/** Where the machine's shared packages are mounted. */
export const packagesInside = "/var/cache/evenkeel-lab";

/** Runs once, in the image: users, settings, and the two scripts below; leaves nothing of the build behind. */
export const prepareDebian = `set -eu
useradd --create-home --uid 1000 --user-group --shell /bin/bash deploy
usermod --password '*' deploy
usermod --password '*' root

# Left by the tools that make base images; each would make a host behave unlike a server.
rm -f /usr/sbin/policy-rc.d /etc/apt/apt.conf.d/docker-* /etc/dpkg/dpkg.cfg.d/docker* /etc/dpkg/dpkg.cfg.d/99mmdebstrap
if [ -e /etc/apt/apt.conf.d/99mmdebstrap ]; then mv /etc/apt/apt.conf.d/99mmdebstrap /etc/apt/apt.conf.d/90machine; fi
rm -f /etc/ssh/ssh_host_* /var/lib/dbus/machine-id
: > /etc/machine-id
for file in hostname hosts resolv.conf; do
  # While an engine builds, these are its own.
  grep -q " /etc/$file " /proc/self/mounts || : > "/etc/$file"
done

# A host lives for minutes: losing its disk in a power cut is no concern.
echo force-unsafe-io > /etc/dpkg/dpkg.cfg.d/evenkeel-lab
cat > /etc/apt/apt.conf.d/80evenkeel-lab <<'END'
Acquire::GzipIndexes "true";
Acquire::Languages "none";
APT::Update::Post-Invoke { "${insideDirectory}/package-cache offer"; };
DPkg::Pre-Invoke { "${insideDirectory}/package-cache keep"; };
END
systemctl set-default multi-user.target
chmod 0755 ${insideDirectory}/*
rm -rf /var/cache/apt/archives/*.deb /var/cache/apt/*.bin /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log /var/log/alternatives.log
`;

/**
 * The first program of a host: what must differ between two hosts of one image, then systemd.
 * Arguments: the host's identity, its name, the lab's public key, deploy's password for sudo (empty: none is asked).
 */
export const bootDebian = `#!/bin/sh
set -eu
identity=$1 name=$2 key=$3 password=$4
state=/var/lib/evenkeel-lab

authorize() {
  mkdir -p "$1/.ssh"
  { grep -v ' evenkeel-lab$' "$1/.ssh/authorized_keys" || true; echo "$key evenkeel-lab"; } > "$1/.ssh/new" 2>/dev/null
  chmod 0600 "$1/.ssh/new"
  mv "$1/.ssh/new" "$1/.ssh/authorized_keys"
  chmod 0700 "$1/.ssh"
  chown -R "$2" "$1/.ssh"
}

if [ "$(cat $state/identity 2>/dev/null)" != "$identity" ]; then
  rm -rf $state
  mkdir -p $state
  rm -f /etc/ssh/ssh_host_*
  ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f /etc/ssh/ssh_host_ed25519_key
  tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id
  authorize /root root:root
  authorize /home/deploy deploy:deploy
  if [ -n "$password" ]; then
    echo "deploy:$password" | chpasswd
    echo 'deploy ALL=(ALL:ALL) ALL' > /etc/sudoers.d/deploy
  else
    echo 'deploy ALL=(ALL:ALL) NOPASSWD: ALL' > /etc/sudoers.d/deploy
  fi
  chmod 0440 /etc/sudoers.d/deploy
  echo "$identity" > $state/identity
fi
${insideDirectory}/package-cache offer

# Docker shows a host its control groups read-only, and gives it the means to change that; systemd must not keep them.
if grep -q '^[^ ]* /sys/fs/cgroup [^ ]* ro' /proc/self/mounts; then
  mount -o remount,rw /sys/fs/cgroup
  exec setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin /sbin/init
fi
exec /sbin/init
`;

/**
 * Lets hosts share downloaded packages without sharing apt's lock: what the machine has is offered as links in apt's own
 * archive folder, what a host downloads is copied to the machine's folder before dpkg starts. It never fails apt.
 */
export const packageCache = `#!/bin/sh
shared=${packagesInside}
archives=/var/cache/apt/archives
[ -d $shared ] && [ -w $shared ] || exit 0
case $1 in
  offer)
    find $shared -name '.incoming.*' -mmin +60 -delete
    find $shared -name '*.deb' -mtime +60 -delete
    find $archives -maxdepth 1 -xtype l -delete
    ln -s $shared/*.deb $archives/
    ;;
  keep)
    for package in $archives/*.deb; do
      file=$(basename "$package")
      if [ -L "$package" ] || [ ! -e "$package" ] || [ -e "$shared/$file" ]; then continue; fi
      cp "$package" "$shared/.incoming.$$" && mv "$shared/.incoming.$$" "$shared/$file" || rm -f "$shared/.incoming.$$"
    done
    ;;
esac 2>/dev/null
exit 0
`;
