# How migrations have gone. `set -- name …` comes before.
for name; do
  for record in "/srv/$name/migrations"/*; do
    [ -f "$record" ] && read -r state <"$record" && echo "$name ${record##*/} $state"
  done
done
:
