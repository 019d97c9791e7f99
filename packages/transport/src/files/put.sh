# Replaces one file: all of it or nothing. The new one grows in a folder that only we can enter, beside its target, so
# that nobody sees it before it is whole, checked, and has the attributes it is to have.
TMPDIR=${TMPDIR:-/tmp}
evk_fail() { # stage, and where there may be no room
  [ -z "$evk_box" ] || rm -rf "$evk_box"
  [ -z "$2" ] || evk_room "$2"
  printf 'failed %s\n' "$1"; return 1
}
evk_room() { df -Pk "$1" 2>/dev/null | tail -n 1; df -Pi "$1" 2>/dev/null | tail -n 1; }
evk_put() { # path mode owner group size link|follow rename|in-place; "-" leaves as it is; evk_validate is a command or empty
  evk_to=$1 evk_box=
  [ "$6" != follow ] || [ ! -L "$1" ] || evk_to=$(readlink -f "$1") || evk_to=
  evk_dir=${evk_to%/*}; evk_dir=${evk_dir:-/}
  if [ -z "$evk_to" ]; then evk_take "$5" >/dev/null; read -r evk_x; evk_fail dangling; return; fi
  if [ -d "$evk_to" ] && [ ! -L "$evk_to" ]; then evk_take "$5" >/dev/null; read -r evk_x; evk_fail is-directory; return; fi
  [ "$7" = rename ] || evk_dir=$TMPDIR
  if ! evk_box=$(mktemp -d "$evk_dir/.evenkeel.XXXXXX"); then
    evk_box=; evk_take "$5" >/dev/null; read -r evk_x; evk_fail no-temp "$evk_dir"; return
  fi
  evk_new=$evk_box/new
  evk_got=$(umask 077; evk_take "$5" | { tee "$evk_new" || echo short; } | sha256sum)
  read -r evk_x
  if [ "${evk_got%% *}" != "$evk_x" ]; then evk_fail content "$evk_dir"; return; fi
  if [ "$7" = in-place ]; then
    cat "$evk_new" >"$evk_to" || { evk_fail write "$evk_to"; return; }
    rm -rf "$evk_box"; evk_new=$evk_to
    evk_attributes "$@" || return
    sync "$evk_to" 2>/dev/null || sync
    echo written; return
  fi
  evk_attributes "$@" || return
  if [ -n "$evk_validate" ] && ! (eval "$evk_validate") </dev/null >&2; then evk_fail refused; return; fi
  sync "$evk_new" 2>/dev/null || sync
  mv -fT "$evk_new" "$evk_to" || { evk_fail rename; return; }
  rmdir "$evk_box"
  sync "$evk_dir" 2>/dev/null || sync
  echo written
}
evk_attributes() {
  if [ -f "$evk_to" ] && [ ! -L "$evk_to" ] && [ "$evk_new" != "$evk_to" ]; then
    cp --attributes-only --preserve=all "$evk_to" "$evk_new" 2>/dev/null || {
      chown "$(stat -c %u:%g "$evk_to")" "$evk_new" && chmod "$(stat -c %a "$evk_to")" "$evk_new"; } || { evk_fail attributes; return; }
    touch "$evk_new"
  elif [ "$2" = - ] && [ "$evk_new" != "$evk_to" ]; then chmod 644 "$evk_new"; fi
  [ "$3" = - ] || [ "$(stat -c %U "$evk_new")" = "$3" ] || [ "$(stat -c %u "$evk_new")" = "$3" ] || chown "$3" "$evk_new" || { evk_fail attributes; return; }
  [ "$4" = - ] || [ "$(stat -c %G "$evk_new")" = "$4" ] || [ "$(stat -c %g "$evk_new")" = "$4" ] || chgrp "$4" "$evk_new" || { evk_fail attributes; return; }
  [ "$2" = - ] || chmod "$2" "$evk_new" || evk_fail attributes
}
