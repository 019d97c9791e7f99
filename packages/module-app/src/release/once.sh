# once NAME ID WHAT: runs the commands of the unit that comes on stdin, and waits for their end. They are systemd's, not ours:
# they go on when we die, and never run twice at the same time. What they say last is shown when they fail.
once() {
  once_unit=$1-$3@$2.service
  mkdir -p /run/systemd/system
  cat >"/run/systemd/system/$once_unit.new" && mv "/run/systemd/system/$once_unit.new" "/run/systemd/system/$once_unit" || return
  [ "$(systemctl show --value -p NeedDaemonReload -- "$once_unit")" != yes ] || systemctl daemon-reload
  systemctl start -- "$once_unit" 2>/dev/null
  once_code=$?
  if [ "$once_code" != 0 ]; then
    journalctl --sync 2>/dev/null
    eval "$(systemctl show -p Result -p ExecMainStatus -- "$once_unit")"
    echo "it ended with status $ExecMainStatus (systemd: $Result)"
    journalctl --no-pager -q -o cat -n 30 "_SYSTEMD_INVOCATION_ID=$(systemctl show --value -p InvocationID -- "$once_unit")"
  fi
  rm -f "/run/systemd/system/$once_unit"
  systemctl reset-failed -- "$once_unit" 2>/dev/null
  return $once_code
}
