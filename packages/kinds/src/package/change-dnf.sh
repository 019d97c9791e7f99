# One run of dnf: change-dnf.sh VERB OPTION… [-- NAME…]
set -u
export LC_ALL=C
verb=$1; shift
names() { while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done; [ $# -eq 0 ] || shift; rpm -q --quiet -- "$@"; }
wait_for_lock() { # dnf waits for its own; rpm's is held by others too
  until=$(($(date +%s) + EVENKEEL_LOCK_SECONDS))
  while inode=$(stat -c %i /var/lib/rpm/.rpm.lock 2>/dev/null) && grep -q ":$inode [0-9]" /proc/locks; do
    [ "$(date +%s)" -lt "$until" ] || { echo "waited $EVENKEEL_LOCK_SECONDS s in vain for rpm's lock" >&2; exit 1; }
    sleep 1
  done
}
dnf() { command dnf -y --color=never "$@" </dev/null; }
wait_for_lock
case $verb in
  # What is installed is brought to the version that is asked for, or to the newest.
  install) if names "$@"; then dnf upgrade "$@" && dnf install "$@"; else dnf install "$@"; fi ;;
  keep) dnf mark install "$@" ;;
  update) dnf makecache --refresh "$@" ;;
  dist-upgrade | upgrade) dnf upgrade "$@" ;;
  clean | autoclean) dnf clean packages ;;
  build-dep) dnf builddep "$@" ;;
  *) dnf "$verb" "$@" ;;
esac
