/** Runs in a Debian host with busybox and dropbear: copies the two, the libraries they name, and nothing else, to /tiny. */
export const carveTiny = String.raw`set -eu
mkdir -p /tiny
cd /tiny
mkdir -p bin sbin usr/bin usr/sbin usr/lib/evenkeel-lab etc/dropbear root home/deploy var/log var/lib tmp run proc sys dev
cp /bin/busybox bin/busybox
cp /usr/sbin/dropbear usr/sbin/dropbear
cp /usr/bin/dropbearkey usr/bin/dropbearkey
ldd /usr/sbin/dropbear /usr/bin/dropbearkey | grep -o '/[^ :]*\.so[^ ]*' | sort -u | while read -r library; do
  mkdir -p ".$(dirname "$library")"
  cp -L "$library" ".$library"
done
./bin/busybox --list | while read -r applet; do
  [ -e "bin/$applet" ] || ln -s busybox "bin/$applet"
done
printf 'root:x:0:0:root:/root:/bin/sh\ndeploy:x:1000:1000::/home/deploy:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' > etc/passwd
printf 'root:*:20000::::::\ndeploy:*:20000::::::\n' > etc/shadow
printf 'root:x:0:\ndeploy:x:1000:\nnogroup:x:65534:\n' > etc/group
chmod 0640 etc/shadow
chmod 0700 root
chmod 1777 tmp
chown -R 1000:1000 home/deploy
touch etc/hosts etc/hostname etc/resolv.conf
`;

/** PID 1 of a tiny host; the arguments are those of bootDebian, of which it has no use for the password. */
export const bootTiny = `#!/bin/sh
identity=$1 name=$2 key=$3
state=/var/lib/evenkeel-lab

authorize() {
  mkdir -p "$1/.ssh"
  echo "$key evenkeel-lab" > "$1/.ssh/authorized_keys"
  chmod 0700 "$1/.ssh"
  chmod 0600 "$1/.ssh/authorized_keys"
  chown -R "$2" "$1/.ssh"
}

if [ "$(cat $state/identity 2>/dev/null)" != "$identity" ]; then
  rm -rf $state /etc/dropbear/*
  mkdir -p $state
  dropbearkey -t ed25519 -f /etc/dropbear/dropbear_ed25519_host_key > /dev/null 2>&1
  authorize /root 0:0
  authorize /home/deploy 1000:1000
  echo "$identity" > $state/identity
fi

# A killed sshd comes back, as a supervisor would see to; a shell as PID 1 reaps what is left behind.
trap 'exit 0' TERM
while :; do
  dropbear -F -E -r /etc/dropbear/dropbear_ed25519_host_key &
  wait $!
  sleep 1 &
  wait $!
done
`;
