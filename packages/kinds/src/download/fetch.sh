# Downloads into a place: fetch.sh TOOL DEST URL AGENT TIMEOUT SUM EXPECTED MODE WHOSE INPLACE; curl's words come by stdin.
# It grows in a folder that only we can enter, beside its place, and is renamed when it is whole and right.
set -u
tool=$1 dest=$2 url=$3 agent=$4 timeout=$5 sum=$6 expected=$7 mode=$8 whose=$9; shift 9; in_place=$1
folder=${dest%/*}
box=$(mktemp -d "${folder:-/}/.evenkeel.download.XXXXXX") || exit
trap 'rm -rf "$box"' EXIT
trap 'exit 143' TERM INT HUP
new=$box/new
(umask 077; : >"$new")
case $tool in
  curl) curl -K - -o "$new" -w '%{http_code}\n' || exit ;;
  wget) wget -q -T "$timeout" -U "$agent" -O "$new" -- "$url" && echo 200 || { code=$?; echo "wget could not get $url" >&2; exit "$code"; } ;;
esac
if [ -n "$sum" ]; then
  got=$("$sum" <"$new") || exit
  [ "${got%% *}" = "$expected" ] || { echo "what came adds up to ${got%% *}, and is to be $expected" >&2; exit 65; }
fi
if [ -f "$dest" ]; then
  cp --attributes-only --preserve=all "$dest" "$new" 2>/dev/null || {
    chown "$(stat -Lc %u:%g "$dest")" "$new" && chmod "$(stat -Lc %a "$dest")" "$new"; } || exit
  touch "$new"
else chmod 644 "$new"; fi
[ -z "$whose" ] || chown "$whose" "$new" || exit
[ -z "$mode" ] || chmod "$mode" "$new" || exit
sha1sum <"$new"; md5sum <"$new"
sync "$new" 2>/dev/null || sync
if [ -n "$in_place" ] && [ -f "$dest" ]; then cat "$new" >"$dest"; else mv -fT -- "$new" "$dest"; fi
