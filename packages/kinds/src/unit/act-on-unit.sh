# act-on-unit.sh MANAGER UNIT FLAGS VERB…: does what is said with a unit, one after the other. What systemd has not read yet,
# it reads first; when something fails, what the unit said last is shown.
export LC_ALL=C
manager=$1 unit=$2 flags=$3; shift 3
name=${unit%.service}
case " $flags " in
  *" --user "*) scope=--user; export XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}" ;;
  *" --global "*) scope=--global ;;
  *) scope=--system ;;
esac
forget() { # what was withheld until the end of the play is not to happen then
  [ -s /var/lib/evenkeel/withheld ] || return 0
  (umask 077; grep -v "^$unit " /var/lib/evenkeel/withheld >/var/lib/evenkeel/withheld.new)
  if [ -s /var/lib/evenkeel/withheld.new ]; then mv -f /var/lib/evenkeel/withheld.new /var/lib/evenkeel/withheld
  else rm -f /var/lib/evenkeel/withheld /var/lib/evenkeel/withheld.new; fi
}
systemd() {
  case $1:$unit in
    start:* | restart:* | reload-or-restart:* | try-*:*)
      [ "$(systemctl $scope show -p NeedDaemonReload --value -- "$unit" 2>/dev/null)" != yes ] || systemctl $scope daemon-reload || return ;;
  esac
  systemctl $flags "$1" -- "$unit" && return
  code=$?
  # A limit on starts is there for what crashes again and again, not for whom we ask for.
  if [ "$(systemctl $scope show -p Result --value -- "$unit" 2>/dev/null)" = start-limit-hit ]; then
    systemctl $scope reset-failed -- "$unit" && systemctl $flags "$1" -- "$unit" && return
    code=$?
  fi
  case $1 in start | restart | reload-or-restart | stop) systemctl $scope status --no-pager --full --lines=20 -- "$unit" >&2 ;; esac
  return $code
}
sysvinit() {
  case $1 in
    enable) if command -v update-rc.d >/dev/null; then update-rc.d "$name" defaults && update-rc.d "$name" enable $EVENKEEL_RUNLEVELS; else chkconfig --add "$name" && chkconfig "$name" on; fi ;;
    disable) if command -v update-rc.d >/dev/null; then update-rc.d "$name" disable $EVENKEEL_RUNLEVELS; else chkconfig "$name" off; fi ;;
    reload-or-restart) SYSTEMCTL_SKIP_REDIRECT=1 "/etc/init.d/$name" reload $EVENKEEL_ARGUMENTS </dev/null ;;
    restart) SYSTEMCTL_SKIP_REDIRECT=1 "/etc/init.d/$name" stop $EVENKEEL_ARGUMENTS </dev/null
      sleep "${EVENKEEL_SLEEP:-1}"
      SYSTEMCTL_SKIP_REDIRECT=1 "/etc/init.d/$name" start $EVENKEEL_ARGUMENTS </dev/null ;;
    start | stop) SYSTEMCTL_SKIP_REDIRECT=1 "/etc/init.d/$name" "$1" $EVENKEEL_ARGUMENTS </dev/null ;;
    *) echo "sysvinit cannot $1 a service" >&2; return 2 ;;
  esac
}
openrc() {
  case $1 in
    enable) rc-update add "$name" ${EVENKEEL_RUNLEVELS:-default} ;;
    disable) rc-update delete "$name" ${EVENKEEL_RUNLEVELS:-default} ;;
    reload-or-restart) rc-service "$name" reload </dev/null || rc-service "$name" restart </dev/null ;;
    restart | start | stop) rc-service "$name" "$1" $EVENKEEL_ARGUMENTS </dev/null ;;
    *) echo "OpenRC cannot $1 a service" >&2; return 2 ;;
  esac
}
EVENKEEL_RUNLEVELS=${EVENKEEL_RUNLEVELS-} EVENKEEL_ARGUMENTS=${EVENKEEL_ARGUMENTS-}
for verb; do
  case $verb in forget) forget ;; *) "$manager" "$verb" ;; esac || exit
done
