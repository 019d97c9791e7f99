# Puts a link, another name or a copy of a file of this host in a place, at once: place.sh soft|hard|copy PATH SOURCE REPLACES
# For copies: EVK_SHA256, EVK_MODE, EVK_OWNER (chown's words) and EVK_VALIDATE (a command, the path in $evk_new), or empty.
folder=${2%/*}
box=$(mktemp -d "${folder:-/}/.evenkeel.place.XXXXXX") || exit
trap 'rm -rf "$box"' EXIT
evk_new=$box/new
case $1 in
  soft) ln -s -- "$3" "$evk_new" ;;
  hard) ln -- "$3" "$evk_new" ;;
  copy)
    (umask 077; cat -- "$3" >"$evk_new") || exit
    sum=$(sha256sum <"$evk_new")
    [ "${sum%% *}" = "$EVK_SHA256" ] || { echo "$3 is not what it was when it was looked at" >&2; exit 1; }
    if [ -f "$2" ] && [ ! -L "$2" ]; then
      cp --attributes-only --preserve=all "$2" "$evk_new" 2>/dev/null || {
        chown "$(stat -c %u:%g "$2")" "$evk_new" && chmod "$(stat -c %a "$2")" "$evk_new"; } || exit
      touch "$evk_new"
    else chmod 644 "$evk_new"; fi
    [ -z "$EVK_OWNER" ] || chown "$EVK_OWNER" "$evk_new" || exit
    [ -z "$EVK_MODE" ] || chmod "$EVK_MODE" "$evk_new" || exit
    [ -z "$EVK_VALIDATE" ] || (eval "$EVK_VALIDATE") </dev/null || exit
    sync "$evk_new" 2>/dev/null || sync ;;
esac || exit
if [ -d "$2" ] && [ ! -L "$2" ]; then rmdir -- "$2" || exit; fi
if [ "$1" = hard ] && [ "$2" -ef "$3" ]; then exit; fi
mv -fT -- "$evk_new" "$2"
