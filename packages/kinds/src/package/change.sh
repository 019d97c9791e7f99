# One run of apt: change.sh VERB PACKAGE…
# Services are neither started nor restarted by it: a guard says no for as long as this process lives, and writes down what
# was wanted, so that it can be done when the configuration is there. A guard that was left behind by a crash says yes.
set -u
guard=/usr/sbin/policy-rc.d
if [ ! -e "$guard" ] || grep -qs '^# evenkeel-guard' "$guard"; then
  trap 'rm -f "$guard"' EXIT
  trap 'exit 143' TERM INT HUP
  cat >"$guard.new" <<END
#!/bin/sh
# evenkeel-guard: services wait until their configuration is there
kill -0 $$ 2>/dev/null || exit 0
mkdir -p -m 700 /var/lib/evenkeel
printf '%s %s\n' "\$1" "\${2:-}" >>/var/lib/evenkeel/withheld
exit 101
END
  chmod 755 "$guard.new" && mv -f "$guard.new" "$guard"
fi
# A dpkg that was interrupted is put right first.
[ -z "$(ls -A /var/lib/dpkg/updates 2>/dev/null)" ] && [ -z "$(dpkg --audit)" ] ||
  dpkg --force-confdef --force-confold --configure -a || exit
apt() { apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"; }
verb=$1; shift
# Without lists nothing can be found: a blank host has none.
if [ "$verb" = install ] && ! apt-cache show -- "$@" >/dev/null 2>&1; then apt update || exit; fi
apt "$verb" "$@"
