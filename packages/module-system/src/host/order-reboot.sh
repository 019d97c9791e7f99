# order-reboot.sh COMMAND PATHS MESSAGE SECONDS: reboots so much later, apart from us: by that command, or by what is found in
# the paths.
PATH=$PATH:$2; export PATH
[ "$(id -u)" = 0 ] || { echo "only root may reboot a host" >&2; exit 1; }
later() { sleep 1; sleep "$delay"; exec sh -c "$@"; }
delay=$4
if [ -n "$1" ]; then later "$1" &
elif command -v shutdown >/dev/null; then later 'shutdown -r now "$1" || reboot' evenkeel-reboot "$3" &
elif command -v reboot >/dev/null; then later reboot &
else echo "neither shutdown nor reboot is in $2" >&2; exit 1; fi </dev/null >/dev/null 2>&1
