# What is about to be lost is kept for a day, so that it can be brought back: keep.sh keep|move|restore PATH NAME
# Only root, or whose it is, can look into it. What is larger than 64 MiB is not kept.
if [ "$(id -u)" = 0 ]; then all=/var/lib/evenkeel/undo; else all=$HOME/.local/state/evenkeel/undo; fi
kept=$all/$3/it
case $1 in
  restore)
    [ -e "$kept" ] || [ -L "$kept" ] || { echo "$2 was larger than 64 MiB, and was not kept: it cannot be brought back" >&2; exit 1; }
    if [ -d "$2" ] && [ ! -L "$2" ]; then rm -rf -- "$2"; fi
    mv -fT -- "$kept" "$2" && rmdir "$all/$3" ;;
  *)
    [ -e "$2" ] || [ -L "$2" ] || exit 0
    (umask 077; mkdir -p "$all") && [ -O "$all" ] && [ ! -L "$all" ] || { echo "no place to keep $2" >&2; exit 1; }
    find "$all" -mindepth 1 -maxdepth 1 -mmin +1440 -exec rm -rf {} +
    rm -rf "${all:?}/$3"
    size=$(du -sk -- "$2") || exit
    size=${size%%[!0-9]*}
    if [ "$size" -gt 65536 ]; then [ "$1" = keep ] || rm -rf -- "$2"; exit; fi
    mkdir -m 700 "$all/$3" || exit
    if [ "$1" = keep ]; then cp -a -- "$2" "$kept"; else mv -T -- "$2" "$kept"; fi ;;
esac
