# Does once, now, what maintainer scripts wanted of services while packages were installed: what is to start with the host
# starts, and what ran through an upgrade is restarted, unless it was since.
withheld=/var/lib/evenkeel/withheld
[ -s "$withheld" ] || exit 0
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  units=$(cut -d ' ' -f 1 "$withheld" | sort -u)
  for unit in $units; do
    asked=$(grep -F -- "$unit " "$withheld" | cut -d ' ' -f 3 | sort -n | tail -n 1)
    actions=$(grep -F -- "$unit " "$withheld" | cut -d ' ' -f 2)
    shown=$(systemctl show -p ActiveState,ActiveEnterTimestampMonotonic -- "$unit")
    since=${shown#*ActiveEnterTimestampMonotonic=}; since=${since%%"
"*}
    enabled=$(systemctl is-enabled -- "$unit" 2>/dev/null)
    case $shown in
      *ActiveState=active* | *ActiveState=reloading* | *ActiveState=activating*)
        [ "${since:-0}" -gt "${asked:-0}" ] || case $actions in
          *restart* | *upgrade*) systemctl restart -- "$unit" || failed=1 ;;
          *reload*) systemctl reload-or-restart -- "$unit" || failed=1 ;;
        esac ;;
      *) case $enabled:$actions in
          masked* | disabled* | static* | not-found* | :*) ;;
          *:*start*) systemctl start -- "$unit" || failed=1 ;;
        esac ;;
    esac
  done
else
  while read -r unit action _; do
    invoke-rc.d "${unit%.service}" "$action" || failed=1
  done <"$withheld"
fi
rm -f "$withheld"
# Ansible's run would have gone on, too: apt does not fail over a service that does not start.
[ -z "${failed-}" ] || echo "not every service could be started" >&2
:
