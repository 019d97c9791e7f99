# switch.sh NAME ID BEFORE: from here on traffic goes to release ID. One rename(2) does it: connect(2) follows the link anew
# for each connection, so every request goes to the one release or to the other. BEFORE: what a rollback goes back to; empty:
# this is no deploy.
set -e
name=$1 id=$2 before=$3
cd "/srv/$name"
[ -f "releases/$id/.evenkeel/built" ] || { echo "release $id is not there" >&2; exit 1; }
if [ -n "$before" ] && [ "$before" != "$id" ]; then
  echo "$id $before" >releases/.deployed.new
  mv -f releases/.deployed.new releases/.deployed
fi
rm -f .current.new
ln -s "releases/$id" .current.new
mv -fT .current.new current
# The folder alone: what else the disk has to write may take long.
sync . 2>/dev/null || sync
door=/run/evenkeel/apps/$name.sock
if [ "$(readlink "$door" 2>/dev/null)" != "/srv/$name/current/.evenkeel/socket" ]; then
  mkdir -p -m 0755 /run/evenkeel/apps
  rm -rf "$door.new"
  ln -s "/srv/$name/current/.evenkeel/socket" "$door.new"
  mv -fT "$door.new" "$door"
fi
