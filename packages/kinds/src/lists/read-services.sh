# A line for each service: which manager says so, its name, its state, its status; parted by tabs.
export LC_ALL=C
if [ -d /run/systemd/system ]; then
  {
    systemctl list-units --no-pager --type=service --all --plain --no-legend
    echo ==
    systemctl list-unit-files --no-pager --type=service --no-legend
  } | awk '
    $1 == "==" { files = 1; next }
    !files { state[$1] = $3 == "active" && $4 == "running" ? "running" : $3 == "failed" ? "failed" : ($3 == "inactive" || $2 == "not-found" || $4 == "exited" ? "stopped" : "unknown")
      if ($2 == "not-found") status[$1] = "not-found"; next }
    { status[$1] = $2; if (!($1 in state)) state[$1] = $2 == "static" || $2 == "alias" || $2 ~ /abled/ || 1 ? "inactive" : "unknown" }
    END { for (name in state) printf "systemd\t%s\t%s\t%s\n", name, state[name], (name in status) ? status[name] : "unknown" }'
elif command -v rc-status >/dev/null; then
  rc-status -a -s -m 2>/dev/null | awk '/^ .*\[.*(started|stopped|crashed)/ { state = $0; sub(/.*\[ */, "", state); sub(/ *\].*/, "", state); printf "openrc\t%s\t%s\t\n", $1, state == "started" ? "running" : state }'
elif [ -d /etc/init.d ]; then
  for script in /etc/init.d/*; do
    [ -x "$script" ] && [ -f "$script" ] || continue
    case ${script##*/} in README | skeleton | rc | rcS | halt | reboot | single | sendsigs | umount*) continue ;; esac
    if "$script" status >/dev/null 2>&1 </dev/null; then state=running; else state=stopped; fi
    printf 'sysv\t%s\t%s\t\n' "${script##*/}" "$state"
  done
fi
:
