# What the host's service manager knows of units. `set -- unit …` comes before, and `scope` (system, user, global), `init`
# (sysvinit: although systemd is there), `pattern` (a process that tells that it runs), `runlevel` (OpenRC's).
export LC_ALL=C
scope=${scope-system} init=${init-} pattern=${pattern-} runlevel=${runlevel-default}
properties=Id,Names,Description,LoadState,ActiveState,SubState,UnitFileState,UnitFilePreset,NeedDaemonReload,InvocationID,Type,RemainAfterExit,Result,CanReload,CanStart,MainPID,ExecMainCode,ExecMainStatus,ExecMainStartTimestamp,ActiveEnterTimestamp,ActiveEnterTimestampMonotonic,InactiveEnterTimestamp,StateChangeTimestamp,FragmentPath,DropInPaths,SourcePath,NRestarts,Restart,User,Group,StatusText,TriggeredBy,Triggers,Requires,Wants,WantedBy,After,Before

# A block for each, in the order of the questions; after a line of dashes what systemctl does not show.
read_systemd() {
  case $scope in
    user) export XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"; set -- --user -- "$@" ;;
    *) set -- --system -- "$@" ;;
  esac
  shown=
  [ $# -lt 3 ] || shown=$(systemctl show --no-pager --property="$properties" "$@") || exit
  printf '%s\n----\n' "$shown"
  files=
  while IFS='=' read -r name value; do
    case $name in
      FragmentPath | DropInPaths) files="$files $value" ;;
      SourcePath) case $value in /etc/init.d/*) for link in /etc/rc[2345].d/S[0-9][0-9]"${value##*/}"; do [ ! -e "$link" ] || { echo "starts ${value##*/}"; break; }; done ;; esac ;;
    esac
  done <<END
$shown
END
  read -r up _ </proc/uptime
  [ -z "${files# }" ] || { echo "time $(date +%s) $up"; (set -f; stat -c 'file %Y %n' -- $files 2>/dev/null); }
  [ ! -s /var/lib/evenkeel/withheld ] || while read -r unit _; do echo "withheld $unit"; done </var/lib/evenkeel/withheld
}
# Templates, and units for all users, are files: they start with others or not, and no more is known.
read_files() {
  flag=--system; [ "$scope" = system ] || flag=--$scope
  for unit; do printf 'unit %s %s\n' "$unit" "$(systemctl $flag is-enabled -- "$unit" 2>/dev/null)"; done
}
is_running() { # by its own word, or by a process that looks like it
  if [ -n "$pattern" ]; then
    processes=$(ps ax 2>/dev/null || ps w)
    case $processes in *"$pattern"*) return 0 ;; esac
    return 1
  fi
  "$@" >/dev/null 2>&1
}
read_scripts() { # sysvinit's
  for unit; do
    name=${unit%.service} runs=no starts=no
    if [ ! -x "/etc/init.d/$name" ]; then echo "unit $unit absent"; continue; fi
    ! SYSTEMCTL_SKIP_REDIRECT=1 is_running "/etc/init.d/$name" status </dev/null || runs=yes
    for link in /etc/rc[2345].d/S[0-9][0-9]"$name" /etc/rc.d/rc[2345].d/S[0-9][0-9]"$name"; do [ ! -e "$link" ] || starts=yes; done
    echo "unit $unit $runs $starts"
  done
}
read_openrc() {
  for unit; do
    name=${unit%.service} runs=no starts=no
    if ! rc-service --exists "$name" >/dev/null 2>&1; then echo "unit $unit absent"; continue; fi
    ! is_running rc-service "$name" status </dev/null || runs=yes
    [ ! -e "/etc/runlevels/$runlevel/$name" ] || starts=yes
    echo "unit $unit $runs $starts"
  done
}

if [ -d /run/systemd/system ] && [ -z "$init" ]; then
  echo systemd
  templates=
  for unit; do
    shift
    case $scope:$unit in global:* | *:*@.*) templates="$templates $unit" ;; *) set -- "$@" "$unit" ;; esac
  done
  read_systemd "$@"
  [ -z "$templates" ] || read_files $templates
elif command -v rc-service >/dev/null && [ -z "$init" ]; then echo openrc; echo ----; read_openrc "$@"
elif [ -d /etc/init.d ]; then echo sysvinit; echo ----; read_scripts "$@"
else echo none; echo ----; fi
:
