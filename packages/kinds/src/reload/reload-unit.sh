# Reloads a unit and proves it: reload-unit.sh UNIT SECONDS HOW SERVICE [FILE…]
# 65: its files are refused, and it was left alone; 75: it was not proven. Then FILEs are put back as they were when it last was.
# HOW is trial when its files may yet be taken back; after that settled, or taken-back.
unit=$1 seconds=$2 how=$3 service=$4; shift 4
(umask 077; mkdir -p "${proven%/*}") && box=$(mktemp -d "${proven%/*}/.try.XXXXXX") || exit
trap 'rm -rf "$box"' EXIT

# What the service itself says of its files, before anything is told to read them.
is_right() { # main process
  case $service in
    # As named itself: what it may not read, it would go on to serve as it was, without a word.
    bind) as_user_of "$1" named-checkconf -z 2>&1 ;;
    php-fpm) "$(readlink -f "/proc/$1/exe")" -t 2>&1 ;;
    haproxy)
      set -- $(tr '\0' '\n' <"/proc/$1/cmdline" | awk '$0 == "-f" { getline; print "-f"; print }') "$(readlink -f "/proc/$1/exe")"
      while [ $# -gt 1 ] && [ "$1" = -f ]; do files="${files-} -f $2"; shift 2; done
      "$1" -c $files 2>&1 ;;
    gunicorn) as_process "$1" --check-config 2>&1 ;;
    *) : ;;
  esac
}
# A worker of gunicorn is there before it has loaded the application, and ends when it cannot. Its heartbeat is an open file without a
# name, which it touches for the first time when it begins to serve: its mode then (before 21), or its time, to that since boot.
has_begun() { # process
  [ "$service" = gunicorn ] || return 0
  beat=$(ls -l "/proc/$1/fd" 2>/dev/null | sed -n 's|.* \([0-9]*\) -> .*/wgunicorn-.*|\1|p' | tail -n 1)
  case $(stat -L -c '%a %Y' "/proc/$1/fd/$beat" 2>/dev/null) in "0 "* | "1 "*) ;; '' | *" "??????????) return 1 ;; esac
}
# What only its new generation could show.
is_proven() { # children before, when it was configured before
  [ "$(shown "$unit" ActiveState)" = active ] || return 1
  case $service in
    bind)
      configured=$(rndc status 2>/dev/null | sed -n 's/^last configured: //p')
      [ -n "$configured" ] && [ "$(date -d "$configured" +%s)" -ge "$since" ] ;;
    *)
      main=$(main_process "$unit") younger= older=
      for each in $(children "$main"); do
        case " $1 " in
          *" $each "*) older="$older$each " ;;
          *) ! has_begun "${each%:*}" || younger="$younger $each" ;;
        esac
      done
      # One that we do not know may have read its files and kept its children: that none has gone is all that can be seen.
      if [ -z "$younger" ] && { [ -z "$1" ] || { [ "$service" = unit ] && [ "$older" = "$1" ]; }; }; then
        [ $(($(now) - begun)) -ge 1000 ]; return
      fi
      [ -n "$younger" ] || return 1
      # Old ones may finish what they have begun; new ones must still be there a moment later.
      case $service in gunicorn | php-fpm) [ -z "$older" ] || [ $(($(now) - begun)) -ge $((seconds * 500)) ] || return 1 ;; esac
      sleep 0.3
      there=$(children "$(main_process "$unit")")
      for each in $younger; do case " $there " in *" $each "*) return 0 ;; esac; done
      return 1 ;;
  esac
}
reload_and_see() {
  before=$(children "$main")
  begun=$(now) since=$(date +%s)
  if [ "$service" = gunicorn ] && [ "$(shown "$unit" CanReload)" != yes ]; then kill -HUP "$main"
  else systemctl reload "$unit" >"$box/said" 2>&1; fi || { why=refused; return 1; }
  until is_proven "$before"; do
    # What has ended is not waited for, also where systemd starts it again and again.
    if [ "$(shown "$unit" Result)" != success ] || [ "$(shown "$unit" ActiveState)" = inactive ]; then why=refused; return 1; fi
    [ $(($(now) - begun)) -lt $((seconds * 1000)) ] || { why=late; return 1; }
    sleep 0.1
  done
}
is_up() { [ "$(shown "$unit" ActiveState)" = active ]; }
stays_up() { sleep 1; is_up; }
# gunicorn's master serves nothing by itself: one that had workers, and has none, has nothing that a restart could interrupt. Of others
# that cannot be said: php-fpm may want no children just now, and a unit's main process may do the work.
is_hollow() { [ "$service" = gunicorn ] && [ -n "${worked-}" ] && [ -z "$(children "$(main_process "$unit")")" ]; }
take_back() { # files
  put_back "$@"
  [ $# -gt 0 ] || return 0
  worked=${before-}
  if is_up && ! is_hollow; then
    main=$(main_process "$unit")
    # One that is about to end of what it had read before ends all the same, and has to be started again.
    if reload_and_see; then ! stays_up || return 0; elif is_up && ! is_hollow; then unseen; return; fi
  fi
  if is_up && is_hollow; then systemctl kill -s KILL "$unit"; again=restart; else again=start; fi
  systemctl reset-failed "$unit" 2>/dev/null; systemctl "$again" "$unit" && stays_up || unseen
}
unseen() { echo "it has not been seen to serve since its files were put back"; return 1; }
[ "$(shown "$unit" LoadState)" != not-found ] || { echo "there is no $unit"; echo "by test"; exit 65; }
case $how in
  settled) settle && echo settled; exit ;;
  taken-back) if has_proven "$@"; then take_back "$@" && echo taken-back; else put_back && echo stays; fi; exit ;;
esac
if [ "$(shown "$unit" ActiveState)" != active ]; then echo stopped; exit 0; fi
main=$(main_process "$unit")
is_right "$main" >"$box/words" || { cat "$box/words"; put_back "$@"; echo "by test"; exit 65; }
if [ "$service" != gunicorn ] && [ "$(shown "$unit" CanReload)" != yes ]; then
  echo "$unit has no ExecReload: it can only be restarted"; echo "by test"; exit 65
fi
if reload_and_see; then
  keep_on_trial "$@" && { [ "$how" = trial ] || settle; } || exit
  echo "reloaded $(($(now) - begun))"
  for each in $(children "$(main_process "$unit")"); do
    case " $before " in *" $each "*) echo "draining ${each%:*}" ;; *) echo "serving ${each%:*}" ;; esac
  done
  exit 0
fi
reason=$why
cat "$box/said" 2>/dev/null
journalctl -q -o cat --no-pager -u "$unit" --since "@$since" 2>/dev/null | tail -n 15
take_back "$@"
echo "by master $reason"
exit 75
