say cmdline /proc/cmdline
say loadavg /proc/loadavg
say fips /proc/sys/crypto/fips_enabled
[ ! -d /sys/kernel/security/apparmor ] || echo apparmor=enabled
if [ -e /sys/fs/selinux/enforce ]; then
  say selinux_enforce /sys/fs/selinux/enforce
  say selinux_policyvers /sys/fs/selinux/policyvers
  while IFS='=' read -r name value; do case $name in SELINUX) echo "selinux_config=$value" ;; SELINUXTYPE) echo "selinux_type=$value" ;; esac; done 2>/dev/null </etc/selinux/config
fi
for type in dsa rsa ecdsa ed25519; do
  for folder in /etc/ssh /etc/openssh /etc; do say "ssh_$type" "$folder/ssh_host_${type}_key.pub" && break; done
done
while read -r line; do printf 'dns=%s\n' "$line"; done 2>/dev/null </etc/resolv.conf
say init /proc/1/comm
for tool in systemctl initctl rc-service runit-init; do ! command -v "$tool" >/dev/null || echo "tool=$tool"; done
[ ! -d /run/systemd/system ] || echo booted=systemd
[ ! -e /sbin/openrc ] || echo tool=openrc
for path in /usr/bin/dnf5 /usr/bin/dnf-3 /usr/bin/dnf /usr/bin/yum /usr/bin/apt-get /usr/bin/zypper /sbin/apk /usr/bin/apk /usr/bin/pacman /usr/bin/emerge /usr/bin/opkg /bin/opkg /usr/bin/xbps-install /usr/bin/rpm-ostree; do [ ! -e "$path" ] || echo "manager=${path##*/}"; done
[ ! -e /run/ostree-booted ] || echo manager=atomic
if [ -r /etc/lsb-release ]; then while read -r line; do printf 'lsb=%s\n' "$line"; done </etc/lsb-release
elif command -v lsb_release >/dev/null; then lsb_release -a 2>/dev/null | sed 's/^/lsb_release=/'; fi
stat -c 'root=%i %d' / /proc/1/root/. 2>/dev/null
say hostnqn /etc/nvme/hostnqn
while IFS='=' read -r name value; do case $name in InitiatorName) echo "iscsi=$value" ;; esac; done 2>/dev/null </etc/iscsi/initiatorname.iscsi
for port in /sys/class/fc_host/*/port_name; do [ ! -e "$port" ] || say wwn "$port"; done
