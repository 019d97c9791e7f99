# stop.sh NAME ID SOCKET SECONDS: waits until nobody is connected to a release any more, at most so long, and stops it. First
# it stops starting with the host: it is not the one that serves.
export LC_ALL=C
name=$1 id=$2 socket=$3 seconds=$4
service=$name@$id.service unit=$name@$id.socket
[ -e "/etc/systemd/system/$service" ] || exit 0
systemctl disable --quiet -- "$unit" "$service" 2>/dev/null
# All that came in by this socket, waiting ones included; the socket itself has the flag that it listens.
connected() { grep " $socket\$" /proc/net/unix | grep -vc ' 00010000 '; }
quiet=0 waited=0
while [ "$seconds" -gt 0 ] && [ "$quiet" -lt 2 ] && [ "$waited" -lt $((seconds * 5)) ]; do
  if [ "$(connected)" = 0 ]; then quiet=$((quiet + 1)); else quiet=0; fi
  waited=$((waited + 1))
  sleep 0.2
done
left=$(connected)
systemctl stop -- "$unit" && systemctl stop -- "$service" || exit
systemctl reset-failed -- "$service" "$unit" 2>/dev/null
[ "$left" = 0 ] || echo "$left connections were still open after $seconds s"
