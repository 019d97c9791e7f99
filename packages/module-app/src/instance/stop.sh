# stop.sh NAME ID SOCKET SECONDS: waits until nobody is connected to a release any more, at most so long, and stops it. First
# it stops starting with the host: it is not the one that serves.
export LC_ALL=C
name=$1 id=$2 socket=$3 seconds=$4
service=$name@$id.service unit=$name@$id.socket
[ -e "/etc/systemd/system/$service" ] || exit 0
with_host no "$name" "$id"
# All that came in by this socket, waiting ones included; the socket itself has the flag that it listens.
connected() { grep " $socket\$" /proc/net/unix | grep -vc ' 00010000 '; }
# Twice in a row: who follows the link at the moment of the switch connects a little later.
read -r up _ </proc/uptime
until=$((${up%.*} + seconds)) quiet=0
while [ "$quiet" -lt 2 ] && [ "${up%.*}" -lt "$until" ]; do
  if [ "$(connected)" = 0 ]; then quiet=$((quiet + 1)); else quiet=0; fi
  sleep 0.1
  read -r up _ </proc/uptime
done
left=$(connected)
systemctl stop -- "$unit" "$service" || exit
systemctl reset-failed -- "$service" "$unit" 2>/dev/null
[ "$left" = 0 ] || [ "$seconds" = 0 ] || echo "$left connections were still open after $seconds s"
