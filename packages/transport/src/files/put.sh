# Replaces one file: all of it or nothing. The new one grows in a folder that only we can enter, beside its target, so
# that nobody sees it before it is whole, checked, and has the attributes it is to have.
TMPDIR=${TMPDIR:-/tmp}
evk_fail() { # stage, and where there may be no room
  [ -z "$evk_box" ] || rm -rf "$evk_box"
  [ -z "$2" ] || evk_room "$2"
  printf 'failed %s\n' "$1"; return 1
}
evk_make_box() { # folder: what a killed shell left there goes; of another boot, or another host, nobody knows for a day
  read -r evk_boot </proc/sys/kernel/random/boot_id; evk_boot=${evk_boot%%-*}
  for evk_f in "$1"/.evenkeel.*; do
    [ -d "$evk_f" ] && [ ! -L "$evk_f" ] && [ -O "$evk_f" ] || continue
    evk_x=${evk_f##*/.evenkeel.}; evk_x=${evk_x%.*}
    case $evk_x in
      *-"$evk_boot") [ -d "/proc/${evk_x%-*}" ] || rm -rf "$evk_f" ;;
      *) [ -z "$(find "$evk_f" -maxdepth 0 -mtime +0)" ] || rm -rf "$evk_f" ;;
    esac
  done
  evk_box=$(mktemp -d "$1/.evenkeel.$$-$evk_boot.XXXXXX") || { evk_box=; return 1; }
}
evk_room() { df -Pk "$1" 2>/dev/null | tail -n 1; df -Pi "$1" 2>/dev/null | tail -n 1; }
evk_put() { # path mode owner group size link|follow rename|in-place; "-" leaves as it is; evk_validate and evk_ask are scripts or empty
  evk_to=$1 evk_box=
  [ "$6" != follow ] || [ ! -L "$1" ] || evk_to=$(readlink -f "$1") || evk_to=
  evk_dir=${evk_to%/*}; evk_dir=${evk_dir:-/}
  if [ -z "$evk_to" ]; then evk_take "$5" >/dev/null; read -r evk_x; evk_fail dangling; return; fi
  if [ -d "$evk_to" ] && [ ! -L "$evk_to" ]; then evk_take "$5" >/dev/null; read -r evk_x; evk_fail is-directory; return; fi
  [ "$7" = rename ] || evk_dir=$TMPDIR
  if ! evk_make_box "$evk_dir"; then
    evk_take "$5" >/dev/null; read -r evk_x; evk_fail no-temp "$evk_dir"; return
  fi
  evk_new=$evk_box/new
  evk_got=$(umask 077; evk_take "$5" | { tee "$evk_new" || echo short; } | sha256sum)
  read -r evk_x
  if [ "${evk_got%% *}" != "$evk_x" ]; then evk_fail content "$evk_dir"; return; fi
  [ "$7" = rename ] || { evk_in_place "$@"; return; }
  evk_attributes "$@" || return
  evk_check || return
  sync "$evk_new" 2>/dev/null || sync
  evk_admit || { rm -rf "$evk_box"; return 1; }
  mv -fT "$evk_new" "$evk_to" || { evk_fail rename; return; }
  rmdir "$evk_box"
  sync "$evk_dir" 2>/dev/null || sync
  echo written
}
evk_check() { [ -z "$evk_validate" ] || (eval "$evk_validate") </dev/null >&2 || evk_fail refused; }
evk_in_place() { # nobody reads the new bytes who may not: owners come first, and what the old mode allows too much goes before
  evk_check || return
  evk_mode=644
  if evk_is_short "$5"; then evk_fail room "${evk_to%/*}/"; return; fi
  evk_admit || { rm -rf "$evk_box"; return 1; }
  if [ -e "$evk_to" ]; then evk_mode=$(stat -Lc %a "$evk_to"); else (umask 077; : >"$evk_to") || { evk_fail write "$evk_dir"; return; }; fi
  [ "$2" = - ] || evk_mode=$2
  evk_owners "$evk_to" "$3" "$4" || return
  evk_x=$(stat -Lc %a "$evk_to")
  [ $((0$evk_x & 0$evk_mode)) -eq $((0$evk_x)) ] || chmod "$(printf %o $((0$evk_x & 0$evk_mode)))" "$evk_to" || { evk_fail attributes; return; }
  cat "$evk_new" >"$evk_to" || { evk_fail write "$evk_to"; return; }
  rm -rf "$evk_box"; evk_box=
  [ "$(stat -Lc %a "$evk_to")" = "$evk_mode" ] || chmod "$evk_mode" "$evk_to" || { evk_fail attributes; return; }
  sync "$evk_to" 2>/dev/null || sync
  echo written
}
evk_is_short() { # size: is there surely no room for so much in place of what is there?
  evk_x=$(set -- $(df -Pk "${evk_to%/*}/" 2>/dev/null | tail -n 1); echo "$4")
  evk_y=$(stat -Lc %b "$evk_to" 2>/dev/null) || evk_y=0
  case $evk_x in '' | *[!0-9]*) return 1 ;; esac
  [ $((evk_x + evk_y / 2)) -lt $(($1 / 1024)) ]
}
evk_owners() { # file owner group
  [ "$2" = - ] || [ "$(stat -Lc %U "$1")" = "$2" ] || [ "$(stat -Lc %u "$1")" = "$2" ] || chown "$2" "$1" || { evk_fail attributes; return; }
  [ "$3" = - ] || [ "$(stat -Lc %G "$1")" = "$3" ] || [ "$(stat -Lc %g "$1")" = "$3" ] || chgrp "$3" "$1" || evk_fail attributes
}
evk_attributes() {
  if [ -f "$evk_to" ] && [ ! -L "$evk_to" ]; then
    cp --attributes-only --preserve=all "$evk_to" "$evk_new" 2>/dev/null || {
      chown "$(stat -c %u:%g "$evk_to")" "$evk_new" && chmod "$(stat -c %a "$evk_to")" "$evk_new"; } || { evk_fail attributes; return; }
    touch "$evk_new"
  elif [ "$2" = - ]; then chmod 644 "$evk_new"; fi
  evk_owners "$evk_new" "$3" "$4" || return
  [ "$2" = - ] || chmod "$2" "$evk_new" || evk_fail attributes
}
