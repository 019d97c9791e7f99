# start.sh NAME ID SOCKET HEALTH SECONDS CHECKS HEADER VALUE: starts a release, and waits until it has shown so many times in a
# row that it can serve. It starts with the host only from then on, which also tells later runs that it has shown it.
export LC_ALL=C
name=$1 id=$2 socket=$3 health=$4 seconds=$5 checks=$6 header=$7 value=$8
service=$name@$id.service unit=$name@$id.socket
@ask@
now() { read -r up _ </proc/uptime; echo "${up%.*}"; }
give_up() {
  journalctl --sync 2>/dev/null
  echo "$1"
  log=$(journalctl --no-pager -q -o cat -n 50 -u "$service" 2>/dev/null)
  [ -z "$log" ] || printf 'its last words:\n%s\n' "$log"
  exit 1
}
case $(systemctl show --value -p NeedDaemonReload -- "$unit" "$service") in *yes*) systemctl daemon-reload || exit ;; esac
# Also how often it was started again is counted from here.
systemctl reset-failed -- "$service" "$unit" 2>/dev/null
systemctl start -- "$unit" "$service" || {
  systemctl is-active --quiet -- "$unit" && give_up "it cannot be started"
  systemctl status --no-pager --full -- "$unit"
  give_up "its socket cannot be opened"
}
began=$(now) good=0 said='nothing yet'
while :; do
  eval "$(systemctl show -p ActiveState -p SubState -p NRestarts -p Result -- "$service")"
  [ "$ActiveState" != failed ] && [ "$ActiveState" != inactive ] || give_up "it has ended by itself (systemd: $Result)"
  [ "$NRestarts" = 0 ] && [ "$SubState" != auto-restart ] || give_up "it ends, and is started again and again (systemd: $Result)"
  if [ -z "$health" ]; then said='HTTP/1.1 200'; else said=$(ask "$socket" "$health" | tr -d '\r'); fi
  case $said in
    HTTP/*\ [23][0-9][0-9]*)
      good=$((good + 1))
      if [ -n "$header" ]; then
        got=$(printf '%s\n' "$said" | sed -n "s/^$header: *//Ip")
        [ "$got" = "$value" ] || { good=0; said="$header is \"$got\", and should be \"$value\""; }
      fi ;;
    *) good=0 ;;
  esac
  [ "$good" -lt "$checks" ] || break
  [ $(($(now) - began)) -lt "$seconds" ] || give_up "within $seconds s it was not able to serve ${health:-anything}: $(printf '%s\n' "$said" | head -n 1)"
  # Good answers are a second apart: one that comes up, answers and falls again shows itself.
  if [ "$good" = 0 ]; then sleep 0.3; else sleep 1; fi
done
with_host yes "$name" "$id"
