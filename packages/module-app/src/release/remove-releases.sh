# remove-releases.sh NAME ID…: what there is of releases goes: first what says that they are whole.
name=$1; shift
reload=
for id; do
  with_host no "$name" "$id"
  for unit in "$name@$id.socket" "$name@$id.service"; do
    [ -e "/etc/systemd/system/$unit" ] || continue
    systemctl stop -- "$unit" 2>/dev/null
    systemctl reset-failed -- "$unit" 2>/dev/null
    rm -f "/etc/systemd/system/$unit" && reload=1
  done
  rm -f "/srv/$name/releases/$id/.evenkeel/built"
  rm -rf "/srv/$name/releases/$id" "/srv/$name/secrets/$id" "/run/evenkeel/apps/$name/$id.sock" || exit
done
[ -z "$reload" ] || systemctl daemon-reload
(prune_assets "$name")
# After the last one nothing of ours stays, but for what is shared.
set -- "/srv/$name/releases"/*/
[ -d "$1" ] || { rm -rf "/srv/$name/cache" "/srv/$name/releases/.deployed"; rmdir "/srv/$name/secrets" "/srv/$name/releases" "/srv/$name/shared" "/srv/$name" 2>/dev/null; }
:
