# restart.sh UNIT: restarts a database server and waits until it answers. When it does not come up, what it said last is shown.
export LC_ALL=C
systemctl reset-failed -- "$1" 2>/dev/null
if systemctl restart -- "$1"; then
  tries=0
  while [ "$tries" -lt 100 ]; do
    case $(printf 'SELECT 1;' | evk_speak "" --batch --skip-column-names --connect-timeout=2 2>&1) in
      1 | *1045* | *1698*) exit 0 ;;
    esac
    systemctl is-active --quiet -- "$1" || break
    tries=$((tries + 1)); sleep 0.1
  done
fi
journalctl --no-pager --quiet --output=cat --lines=30 --unit="$1" 2>/dev/null | grep -E 'ERROR|rror:|Aborting' | tail -8 >&2
echo "$1 does not come up" >&2
exit 1
