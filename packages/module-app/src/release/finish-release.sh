# finish-release.sh NAME ID WHOLE ASSETS [SHARED…]: takes the folder from the user who built it, links what is shared, and says at
# the very end that it is whole. WHOLE is what a rollback will want to know.
set -e
name=$1 id=$2 whole=$3 assets=$4; shift 4
folder=/srv/$name/releases/$id
chown -hR root:root "$folder"
chmod 0755 "$folder"
# A link that the build has left must not lead us elsewhere.
plain_folder() {
  case $1 in */*) plain_folder "${1%/*}" ;; esac
  if [ -L "$folder/$1" ]; then echo "$folder/$1 is a link: nothing shared can be put below it" >&2; exit 1; fi
  [ -d "$folder/$1" ] || mkdir -m 0755 "$folder/$1"
}
for path; do
  path=${path%/}
  case $path in */*) plain_folder "${path%/*}" ;; esac
  rm -rf "${folder:?}/$path"
  ln -sT "/srv/$name/shared/$path" "$folder/$path"
done
rm -rf "$folder/.evenkeel"
mkdir -m 0755 "$folder/.evenkeel"
ln -s "/run/evenkeel/apps/$name/$id.sock" "$folder/.evenkeel/socket"
if [ -n "$assets" ]; then
  (publish_assets "$name" "$id" "$assets")
  ln -s "../$assets" "$folder/.evenkeel/assets"
fi
(prune_assets "$name")
printf '%s\n' "$whole" >"$folder/.evenkeel/new"
sync -f "$folder" 2>/dev/null || sync
mv "$folder/.evenkeel/new" "$folder/.evenkeel/built"
