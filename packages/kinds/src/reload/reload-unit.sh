# Reloads a unit and proves it: reload-unit.sh UNIT SECONDS ANYWAY SERVICE [FILE…]
# 65: its files are refused, and it was left alone; 75: it was not proven. Then FILEs are put back as they were when it last was.
unit=$1 seconds=$2 service=$4; shift 4
state=/var/lib/evenkeel/reload
proven=$state/$unit
(umask 077; mkdir -p "$state") && box=$(mktemp -d "$state/.try.XXXXXX") || exit
trap 'rm -rf "$box"' EXIT

put_back() { # files
  [ -d "$proven" ] || { [ $# -eq 0 ] || echo "no copy of its files is known to be good"; return 0; }
  for file; do
    kept=$proven/$(printf %s "$file" | sha256sum | cut -c 1-24)
    [ -e "$kept" ] || continue
    part=${file%/*}/.evenkeel.back.$$
    cp -a "$kept" "$part" || return
    if [ -d "$file" ] && [ ! -L "$file" ]; then mv -T "$file" "$part.old" && mv -T "$part" "$file" && rm -rf "$part.old"
    else mv -fT "$part" "$file"; fi
  done
}
keep_proven() { # files
  [ $# -gt 0 ] || return 0
  mkdir "$box/kept" && for file; do
    [ ! -e "$file" ] || cp -a "$file" "$box/kept/$(printf %s "$file" | sha256sum | cut -c 1-24)" || return
  done
  rm -rf "$proven" && mv -T "$box/kept" "$proven"
}
# What the service itself says of its files, before anything is told to read them.
is_right() { # main process
  case $service in
    nginx) "$(readlink -f "/proc/$1/exe")" -t 2>&1 ;;
    bind) named-checkconf -z 2>&1 ;;
    php-fpm) "$(readlink -f "/proc/$1/exe")" -t 2>&1 ;;
    haproxy)
      set -- $(tr '\0' '\n' <"/proc/$1/cmdline" | awk '$0 == "-f" { getline; print "-f"; print }') "$(readlink -f "/proc/$1/exe")"
      while [ $# -gt 1 ] && [ "$1" = -f ]; do files="${files-} -f $2"; shift 2; done
      "$1" -c $files 2>&1 ;;
    gunicorn) as_process "$1" --check-config 2>&1 ;;
    *) : ;;
  esac
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
        case " $1 " in *" $each "*) older=1 ;; *) younger="$younger $each" ;; esac
      done
      if [ -z "$1" ] && [ -z "$younger" ]; then [ $(($(now) - begun)) -ge 1000 ]; return; fi
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
    [ $(($(now) - begun)) -lt $((seconds * 1000)) ] || { why=late; return 1; }
    sleep 0.1
  done
}
[ "$(shown "$unit" LoadState)" != not-found ] || { echo "there is no $unit"; echo "by test"; exit 65; }
if [ "$(shown "$unit" ActiveState)" != active ]; then echo stopped; exit 0; fi
main=$(main_process "$unit")
is_right "$main" >"$box/words" || { cat "$box/words"; put_back "$@"; echo "by test"; exit 65; }
if [ "$service" != gunicorn ] && [ "$(shown "$unit" CanReload)" != yes ]; then
  echo "$unit has no ExecReload: it can only be restarted"; echo "by test"; exit 65
fi
if reload_and_see; then
  keep_proven "$@"
  echo "reloaded $(($(now) - begun))"
  for each in $(children "$(main_process "$unit")"); do
    case " $before " in *" $each "*) echo "draining ${each%:*}" ;; *) echo "serving ${each%:*}" ;; esac
  done
  exit 0
fi
reason=$why
cat "$box/said" 2>/dev/null
journalctl -q -o cat --no-pager -u "$unit" --since "@$since" 2>/dev/null | tail -n 15
put_back "$@"
if [ $# -gt 0 ]; then
  main=$(main_process "$unit")
  if [ "$(shown "$unit" ActiveState)" = active ]; then reload_and_see || echo "it has not been seen to serve since its files were put back"
  else systemctl reset-failed "$unit"; systemctl start "$unit"; fi
fi
echo "by master $reason"
exit 75
