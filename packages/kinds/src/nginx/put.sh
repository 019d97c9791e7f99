# A file of /etc/nginx as it is to be: put.sh PATH WHAT MODE UNDO [NAME…], its text (or where a link leads) on stdin.
# 65: nginx refuses the tree with it in it; nothing has changed.
path=$1 what=$2 mode=$3 undo=$4; shift 4
log_files() { sed -n 's/^[[:space:]]*\(access\|error\)_log[[:space:]]\{1,\}\(\/[^; "]*\).*/\2/p' "$1" 2>/dev/null; }
if [ "$what" = kept ]; then
  kept=$(kept_place "$path")
  [ -e "$kept/it" ] || { echo "$path was not kept: it cannot be brought back" >&2; exit 1; }
  bring_back "$kept" && say_generation
  exit
fi
copy_tree || exit
new=$box/new
case $what in
  file) (umask 077; cat >"$new") || exit ;;
  link) ln -s "$(cat)" "$new" || exit ;;
  self-signed)
    names=; for name; do names=$names${names:+,}DNS:$name; done
    (umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$1" \
      -addext "subjectAltName=$names" -keyout "$box/key" -out "$box/certificate" 2>"$box/said" &&
      cat "$box/certificate" "$box/key" >"$new") || { cat "$box/said" >&2; exit 1; } ;;
esac
if [ "$undo" = 0 ]; then
  there=$tree${path#"$conf"}
  mkdir -p "${there%/*}" && rm -f "$there" || exit
  if [ "$what" != absent ]; then cp -d "$new" "$there" || exit; fi
  log_files "$new" | while IFS= read -r log; do [ -e "$log" ] || printf '%s\n' "$log"; done >"$box/logs"
  check_copy >"$box/words" || refused=1
  if [ "$what" = file ]; then
    for name; do ! grep -qF "conflicting server name \"$name\" on" "$box/words" || refused=1; done
  fi
  cat "$box/words"
  if [ -n "${refused-}" ]; then
    # Trying it has made logs that nobody else would have made.
    while IFS= read -r log; do [ -s "$log" ] || rm -f "$log"; done <"$box/logs"
    exit 65
  fi
fi
is_so() { # two paths, or two that are not there
  if [ -L "$1" ] || [ -L "$2" ]; then [ "$(readlink "$1")" = "$(readlink "$2")" ]
  elif [ -e "$1" ] && [ -e "$2" ]; then cmp -s "$1" "$2" && [ "$(stat -c %a "$1")" = "$(stat -c %a "$2")" ]
  else [ ! -e "$1" ] && [ ! -e "$2" ]; fi
}
if [ "$undo" = 0 ]; then keep_file "$path" || exit
elif [ "$what" = file ]; then chmod "$mode" "$new"; fi
if is_so "$new" "$path"; then what=so; fi
[ -d "${path%/*}" ] || mkdir -p "${path%/*}" || exit
case $what in
  so) ;;
  absent) rm -f "$path" ;;
  link) part=${path%/*}/.evenkeel.$$; cp -d "$new" "$part" && mv -fT "$part" "$path" ;;
  *) put_text "$mode" "$path" <"$new" ;;
esac || exit
kept=$(kept_place "$path")
if [ -d "$kept" ] && is_so "$kept/it" "$path"; then rm -rf "$kept"; rmdir "$state/before" 2>/dev/null; fi
say_generation
