# migrate.sh NAME ID RESUMES: the migration of a release, once. That it has begun is written down before, so that one that
# was cut by a crash is seen; somebody who comes meanwhile waits for the end of it.
name=$1 id=$2 resumes=$3
install -d -m 0755 "/srv/$name/migrations"
record=/srv/$name/migrations/$id
exec 9>"/srv/$name/migrations/.lock"
flock 9
write() { echo "$1" >"$record.new" && sync -f "$record.new" 2>/dev/null; mv -f "$record.new" "$record" && { sync -f "$record" 2>/dev/null || sync; }; }
state=none
[ ! -f "$record" ] || read -r state <"$record"
[ "$state" != done ] || exit 0
# What systemd still runs is waited for; what it does not run any more was cut.
runs=$(systemctl show --value -p ActiveState -- "$name-migrate@$id.service")
if [ "$state" = running ] && [ "$runs" != activating ] && [ "$resumes" != resumes ]; then
  echo "it began earlier and was cut in the middle, and nobody knows how far it came. Look at the database; then, when all"
  echo "of it is done: echo done > $record; when none of it is: rm $record. (migration_resumes: true runs it again by itself.)"
  exit 1
fi
write running || exit
if once "$name" "$id" migrate 9>&-; then write done; else write failed; exit 1; fi
