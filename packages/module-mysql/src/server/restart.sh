# restart.sh UNIT [SQL]: restarts a database server, waits until it answers, and says how long it did not. When it does not come up,
# what it said last is shown. With SQL: not if it answers with 1, for then it runs as it should.
export LC_ALL=C
if [ -n "$2" ]; then
  found=$(printf '%s;' "$2" | evk_speak "" --batch --skip-column-names 2>/dev/null)
  [ "$found" != 1 ] || exit 0
fi
now() { IFS=". " read -r seconds hundredths _ </proc/uptime; now=$seconds$hundredths; }
# Where it writes to: to a file of its own, or to the journal.
log=$(printf 'SELECT @@GLOBAL.log_error;' | evk_speak "" --batch --skip-column-names 2>/dev/null)
case $log in /*) [ -f "$log" ] && from=$(($(wc -c <"$log") + 1)) || log= ;; *) log= ;; esac
systemctl reset-failed -- "$1" 2>/dev/null
since=$(date +%s)
now; began=$now
if systemctl restart -- "$1"; then
  tries=0
  while [ "$tries" -lt 100 ]; do
    case $(printf 'SELECT 1;' | evk_speak "" --batch --skip-column-names --connect-timeout=2 2>&1) in
      1 | *1045* | *1698*)
        now; tenths=$(((now - began + 9) / 10))
        echo "$1 did not answer for $((tenths / 10)).$((tenths % 10)) s"
        exit 0 ;;
    esac
    systemctl is-active --quiet -- "$1" || break
    tries=$((tries + 1)); sleep 0.1
  done
fi
{
  [ -z "$log" ] || tail -c "+$from" "$log"
  journalctl --no-pager --quiet --output=cat --since="@$since" --unit="$1"
} 2>/dev/null | grep -E 'ERROR|rror:|Aborting' | tail -8 >&2
echo "$1 does not come up" >&2
exit 1
