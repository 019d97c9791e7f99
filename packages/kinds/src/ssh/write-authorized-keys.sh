# write-authorized-keys.sh USER PATH MANAGES REMOVES: puts what comes on stdin into the user's file, or removes it.
account "$1"
file=${2:-$home/.ssh/authorized_keys} manages=$3 removes=$4
folder=${file%/*} nearest=${file%/*}
while [ ! -d "$nearest" ]; do nearest=${nearest%/*}; nearest=${nearest:-/}; done
owner=$(stat -c %u "$nearest")
case $file in "$home"/*) [ "$(stat -c %u "$home" 2>/dev/null || echo 0)" = 0 ] || owner=$uid ;; esac
owner_name=$1 owner_gid=$gid
[ "$owner" = "$uid" ] || { owner_name=root owner_gid=0; [ "$owner" = 0 ] || { echo "$folder is neither $1's nor root's" >&2; exit 1; }; }
as "$owner_name" "$owner" "$owner_gid" 'umask 077
folder=$1 name=$2 uid=$3 gid=$4 manages=$5 removes=$6
[ -d "$folder" ] || { [ -n "$manages" ] && mkdir -p "$folder"; } || { echo "there is no folder $folder" >&2; exit 1; }
cd -P "$folder" || exit
if [ -n "$removes" ]; then rm -f "./$name"; exit; fi
own() { [ "$(id -u)" != 0 ] || chown -h "$uid:$gid" "$1"; }
[ -z "$manages" ] || { own . && chmod 700 .; } || exit
new=./.evenkeel.$$
rm -rf "$new"
set -C
cat >"$new" || exit
set +C
own "$new" && chmod 600 "$new" && { sync "$new" 2>/dev/null || sync; } && { [ ! -L "./$name" ] || rm -f "./$name"; } && mv -f "$new" "./$name" || { rm -f "$new"; exit 1; }' evenkeel-keys \
  "$folder" "${file##*/}" "$uid" "$gid" "$manages" "$removes"
