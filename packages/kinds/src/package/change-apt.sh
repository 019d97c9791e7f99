# One run of apt-get: change-apt.sh VERB OPTION… [-- NAME…]. It waits for locks, mends what was interrupted, and never asks.
# Services are neither started nor restarted by it: a guard says no for as long as this process lives, and writes down what
# was wanted, so that it can be done when the configuration is there. A guard that was left behind by a crash says yes.
set -u
export LC_ALL=C
state=/var/lib/evenkeel guard=/usr/sbin/policy-rc.d stopped=/run/evenkeel-stopped.$$
until=$(($(date +%s) + EVENKEEL_LOCK_SECONDS))

holder() { # who holds one of apt's locks?
  for lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
    inode=$(stat -c %i "$lock" 2>/dev/null) && line=$(grep -m1 ":$inode " /proc/locks) || continue
    set -- $line
    while [ $# -gt 3 ] && [ "$4" != READ ] && [ "$4" != WRITE ]; do shift; done
    echo "$lock is held by process $5 ($(tr '\0' ' ' <"/proc/$5/cmdline" 2>/dev/null))"
    return 0
  done
  return 1
}
wait_for_locks() {
  while who=$(holder); do
    [ "$(date +%s)" -lt "$until" ] || { echo "waited $EVENKEEL_LOCK_SECONDS s in vain: $who" >&2; exit 100; }
    sleep 1
  done
}
apt() {
  while :; do
    apt-get -q -y -o "DPkg::Lock::Timeout=$EVENKEEL_LOCK_SECONDS" "$@" </dev/null && return
    code=$?
    holder >/dev/null || return $code
    wait_for_locks
  done
}
update() {
  tries=${EVENKEEL_TRIES:-5} pause=1
  until apt -o APT::Update::Error-Mode=any update; do
    tries=$((tries - 1)); [ $tries -gt 0 ] || return 100
    sleep $pause; pause=$((pause * 2)); [ $pause -le "${EVENKEEL_PAUSE:-12}" ] || pause=${EVENKEEL_PAUSE:-12}
  done
  # As its own hook does where update-notifier is; for whoever asks how old the lists are.
  touch /var/lib/apt/lists
}
write_guard() {
  if [ -e "$guard" ] && ! grep -qs '^# evenkeel-guard' "$guard"; then
    [ -n "${EVENKEEL_POLICY-}" ] || return 0
    mv -f "$guard" "$guard.evenkeel"
  fi
  is_guarding=1
  if [ -n "${EVENKEEL_POLICY-}" ]; then answer="exit $EVENKEEL_POLICY"; else answer="
units=\$1
# deb-systemd-invoke asks for the first of its units only, once it has heard a no.
invoked=\$(tr '\\0' ' ' </proc/\$PPID/cmdline)
case \$invoked in sh\ -c\ *) invoked=\$(tr '\\0' ' ' <\"/proc/\$(cut -d ' ' -f 4 /proc/\$PPID/stat)/cmdline\") ;; esac
case \$invoked in */deb-systemd-invoke*\" \${2-} \"*) units=\${invoked#*/deb-systemd-invoke*\" \$2 \"} ;; esac
read -r up _ </proc/uptime
mkdir -p -m 700 $state
for unit in \$units; do
  case \$unit in *.*) ;; *) unit=\$unit.service ;; esac
  case \${2-} in
    # Some packages stop what does not run before they start it for the first time: that is no reason to start it.
    stop) case \$(systemctl is-active \"\$unit\" 2>/dev/null) in
      inactive | failed | unknown) ;;
      *) echo \"\$unit\" >>$stopped ;;
    esac; continue ;;
    start) ! grep -qxF -- \"\$unit\" $stopped 2>/dev/null || continue ;;
    '('*) exit 101 ;;
  esac
  held=1
  echo \"\$unit \${2-} \${up%.*}\${up#*.}0000\" >>$state/withheld
done
[ -n \"\${held-}\" ] || exit 0
exit 101"; fi
  printf '%s\n' '#!/bin/sh' '# evenkeel-guard: services wait until their configuration is there' \
    "kill -0 $$ 2>/dev/null || exit 0" 'while :; do case ${1-} in --*) shift ;; *) break ;; esac; done' "$answer" >"$guard.new" &&
    chmod 755 "$guard.new" && mv -f "$guard.new" "$guard"
}
tidy() {
  [ -z "${fetched-}" ] || rm -rf "$fetched"
  [ -n "${is_guarding-}" ] || return
  rm -f "$guard" "$stopped"
  [ ! -e "$guard.evenkeel" ] || mv -f "$guard.evenkeel" "$guard"
}
trap tidy EXIT
trap 'exit 143' TERM INT HUP

wait_for_locks
verb=$1; shift
case $verb in
  update) update; exit ;;
  keep) while [ "$1" != -- ]; do shift; done; shift; apt-mark manual "$@"; exit ;;
  clean) apt clean; exit ;;
esac
[ ! -w /usr/sbin ] || write_guard
# A dpkg that was interrupted is put right first.
[ -z "$(ls -A /var/lib/dpkg/updates 2>/dev/null)" ] && [ -z "$(dpkg --audit)" ] ||
  dpkg --force-confdef --force-confold --configure -a || exit
# Without lists nothing can be found: a blank host has none.
case $verb in
  install | build-dep) for list in /var/lib/apt/lists/*_Packages*; do [ -e "$list" ] || update || exit; break; done ;;
esac
apt "$verb" "$@" && exit
code=$?
# Old lists name what is no longer there. A package that is broken is not tried twice.
[ "$verb" = install ] && [ -z "$(dpkg --audit)" ] && [ -z "$(find /var/lib/apt/lists -maxdepth 0 -mmin -10)" ] || exit $code
update && apt "$verb" "$@"
