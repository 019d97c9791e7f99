# Where applications' traffic goes. `set -- name …` comes before.
for name; do
  current=$(readlink "/srv/$name/current" 2>/dev/null) || current=-
  deployed='- -'
  [ ! -f "/srv/$name/releases/.deployed" ] || read -r deployed <"/srv/$name/releases/.deployed"
  door=none
  [ "$(readlink "/run/evenkeel/apps/$name.sock" 2>/dev/null)" != "/srv/$name/current/.evenkeel/socket" ] || door=door
  echo "$name ${current##*/} $deployed $door"
done
