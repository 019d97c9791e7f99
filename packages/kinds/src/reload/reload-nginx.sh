# Makes nginx serve what /etc/nginx says, and proves that it does: reload-nginx.sh UNIT SECONDS HOW nginx [FILE…]
# 65: nginx refuses the files; 75: it was not proven in time. In both cases what was kept is brought back, and FILEs as they were
# when it last was. HOW is needed where nothing is done if all is served already, trial when files may yet be taken back; after
# that settled, or taken-back.
unit=$1 seconds=$2 how=$3; shift 4
running() { # the master's process, if it runs
  pid=$(systemctl show -p MainPID --value "$unit" 2>/dev/null)
  [ "${pid:-0}" -gt 0 ] 2>/dev/null || pid=$(cat /run/nginx.pid /var/run/nginx.pid 2>/dev/null | head -n 1)
  [ -n "$pid" ] && [ -d "/proc/$pid" ] && echo "$pid"
}
# Its workers, by when they were started, and whether they take new work: PID:TIME serving|draining
workers() { # master
  for each in $(cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (.*) /\1 - /' | awk -v m="$1" '$4 == m { print $1 ":" $22 }'); do
    case $(tr '\0' ' ' <"/proc/${each%%:*}/cmdline" 2>/dev/null) in
      *'worker process is shutting down'*) echo "$each draining" ;;
      *'worker process'*) echo "$each serving" ;;
    esac
  done
}
# Which configuration it says that it serves; nothing where it does not say.
served() {
  [ -S "$socket" ] || return 0
  if command -v curl >/dev/null; then curl -s -o /dev/null -D - --max-time 2 --unix-socket "$socket" http://evenkeel-generation.invalid/ 2>/dev/null
  else perl -MSocket -e 'alarm 2; socket(S, PF_UNIX, SOCK_STREAM, 0) && connect(S, sockaddr_un($ARGV[0])) or exit 1;
    syswrite(S, "GET / HTTP/1.0\r\nHost: evenkeel-generation.invalid\r\n\r\n"); print $_ while <S>' "$socket" 2>/dev/null; fi |
    sed -n 's/^[Xx]-[Cc]onfig-[Gg]en: \([0-9a-f]*\).*/\1/p'
}
wanted() { [ -f "$dropin" ] && said_generation; }
log_of() { readlink "/proc/$1/fd/2"; }
complaints() { # what the master has said since: master, log, from where
  case $2 in
    /*) tail -c "+$(($3 + 1))" "$2" 2>/dev/null | grep -F "[emerg] $1#" ;;
    *) journalctl -q -o cat --no-pager _PID="$1" --since "@$since" 2>/dev/null | grep -F '[emerg]' ;;
  esac
}
# Nothing proves a configuration but workers that were not there before and that say so.
is_proven() { # master, workers before
  serving= ; stale=
  for each in $(workers "$1" | tr " " ,); do
    case $each in *,draining) continue ;; esac
    case " $2 " in *" ${each%,*} "*) stale=1 ;; *) serving=1 ;; esac
  done
  [ -n "$serving" ] && [ -z "$stale" ] || return 1
  sum=$(wanted); [ -z "$sum" ] || [ "$(served)" = "$sum" ]
}
tell() { # what it has come to
  echo "generation $(served)"
  workers "$master" | while read -r who what; do echo "$what ${who%%:*}"; done
}
reload_and_see() { # master; else why it was refused, or not proven in time
  before=$(workers "$1" | cut -d ' ' -f 1 | tr '\n' ' ')
  log=$(log_of "$1") size=$(stat -L -c %s "/proc/$1/fd/2" 2>/dev/null || echo 0)
  begun=$(now) since=$(date +%s)
  systemctl reload "$unit" >"$box/said" 2>&1 || { systemctl is-active -q "$unit" 2>/dev/null || kill -HUP "$1"; }
  until is_proven "$1" "$before"; do
    complaints "$1" "$log" "$size" >"$box/emerg"
    # A bind that fails is tried again a few times; its last word is another.
    if grep -vF 'bind() to' "$box/emerg" | grep -q .; then why=refused; return 1; fi
    if [ $(($(now) - begun)) -ge $((seconds * 1000)) ]; then why=late; return 1; fi
    sleep 0.05
  done
}
all_back() { bring_all_back; put_back "$@"; say_generation; }
is_kept() { [ -d "$state/before" ] || has_proven "$@"; }
keep() { # files, once they are proven
  keep_on_trial "$@" || exit
  [ "$how" = trial ] || { forget_kept; settle; }
}
master=$(running)
case $how in
  settled) forget_kept; settle && echo settled; exit ;;
  taken-back)
    is_kept "$@" || { put_back; echo stays; exit; }
    copy_tree && all_back "$@" && { [ -z "$master" ] || reload_and_see "$master"; } && echo taken-back
    exit ;;
esac
copy_tree || exit
check_copy >"$box/words" || {
  cat "$box/words"
  all_back "$@"
  echo "by test"
  exit 65
}
systemctl show -p NeedDaemonReload --value "$unit" 2>/dev/null | grep -q yes && systemctl daemon-reload
since=$(date +%s)
if [ -z "$master" ]; then
  # What was stopped, and is not to start with the host, was meant to be.
  if ! systemctl is-enabled -q "$unit" 2>/dev/null; then forget_kept; echo stopped; exit 0; fi
  begun=$(now)
  if systemctl start "$unit" >"$box/said" 2>&1; then
    while :; do
      master=$(running)
      if [ -n "$master" ] && is_proven "$master" ""; then keep "$@"; echo "started $(($(now) - begun))"; tell; exit 0; fi
      [ $(($(now) - begun)) -lt $((seconds * 1000)) ] || break
      sleep 0.05
    done
  fi
  journalctl -q -o cat --no-pager -u "$unit" --since "@$since" 2>/dev/null | grep -F '[emerg]' | sed 's/^nginx: //' | sort -u
  cat "$box/said"
  all_back "$@"
  systemctl reset-failed "$unit" 2>/dev/null
  echo "at start"
  exit 75
fi
[ ! -f "$dropin" ] || [ -d "${socket%/*}" ] || mkdir -m 700 "${socket%/*}"
sum=$(wanted)
if [ "$how" = needed ] && [ -n "$sum" ] && [ "$(served)" = "$sum" ]; then forget_kept; echo already; tell; exit 0; fi
if reload_and_see "$master"; then keep "$@"; echo "reloaded $(($(now) - begun))"; tell; exit 0; fi
reason=$why
sed 's/^.*\[emerg\] [0-9#: ]*/emerg: /' "$box/emerg" | sort -u
cat "$box/said"
all_back "$@"
# A master that has refused still serves what it served: another reload would only end its workers.
is_younger=
for each in $(workers "$master" | sed -n "s, serving$,,p"); do case " $before " in *" $each "*) ;; *) is_younger=1 ;; esac; done
if [ -n "$is_younger" ]; then reload_and_see "$master"; fi
tell
echo "by master $reason"
exit 75
