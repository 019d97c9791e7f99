# What of a service's processes can be seen from outside.
LC_ALL=C; export LC_ALL
now() { read -r up _ </proc/uptime; echo "${up%.*}${up#*.}0"; }
# Its children, by when they were started: PID:TIME
children() {
  cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (.*) \([A-Z]\) /\1 \2 /' |
    awk -v m="$1" '$3 == m && $2 != "Z" { print $1 ":" $21 }' | tr '\n' ' '
}
main_process() { systemctl show -p MainPID --value "$1"; }
shown() { systemctl show -p "$2" --value "$1"; }
# Runs a program as a process was run: its user, its folder, its environment. Words go after the process's own.
as_process() { # pid word…
  pid=$1; shift
  tr '\0' '\n' <"/proc/$pid/cmdline" >"$box/words"
  while IFS= read -r more; do set -- "$@" "$more"; done <"$box/words"
  # The process's words were put behind ours: ours go behind them.
  count=$(($# - $(wc -l <"$box/words")))
  while [ "$count" -gt 0 ]; do more=$1; shift; set -- "$@" "$more"; count=$((count - 1)); done
  (cd "/proc/$pid/cwd" && tr '\0' '\n' <"/proc/$pid/environ" | grep '=' >"$box/environment"
    while IFS= read -r each; do export "$each" 2>/dev/null || :; done <"$box/environment"
    as_user_of "$pid" "$@")
}
# With all that a process may do, and no more.
as_user_of() { # pid word…
  status=/proc/$1/status; shift
  user=$(awk '/^Uid:/ { print $3 }' "$status") group=$(awk '/^Gid:/ { print $3 }' "$status")
  groups=$(sed -n 's/^Groups:[[:space:]]*//p' "$status" | sed 's/ *$//; s/ /,/g')
  if [ -n "$groups" ]; then set -- --groups "$groups" "$@"; else set -- --clear-groups "$@"; fi
  setpriv --reuid "$user" --regid "$group" "$@"
}
