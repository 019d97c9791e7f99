# copy.sh dump|import LOGIN-LINES TARGET WORDS… -- DATABASES…: writes databases into a file of the host, or a file into a database. The
# file's end says how it is compressed. What is dumped is there as a whole or not at all.
verb=$1 lines=$2 target=$3; shift 3
evk_login=
while [ "$lines" -gt 0 ]; do
  IFS= read -r text || exit
  evk_login="$evk_login$text
"
  lines=$((lines - 1))
done
case $target in
  *.gz) packer=gzip ;;
  *.bz2) packer=bzip2 ;;
  *.xz) packer=xz ;;
  *.zst) packer=zstd ;;
  *) packer= ;;
esac
[ -z "$packer" ] || command -v "$packer" >/dev/null || { echo "$packer is not on this host, and $target needs it" >&2; exit 127; }
if [ "$verb" = import ]; then
  [ -n "$evk_client" ] || { echo "no client (mariadb or mysql) is on this host" >&2; exit 127; }
  [ -r "$target" ] || { echo "$target cannot be read" >&2; exit 1; }
  if [ -z "$packer" ]; then evk_speak "$evk_login" "$@" <"$target"; exit; fi
  # The shell tells how the last of a pipe ended; a torn archive is found before anything of it is run.
  "$packer" -t "$target" && "$packer" -dc "$target" | evk_speak "$evk_login" "$@"
  exit
fi
dumper=$(command -v mariadb-dump || command -v mysqldump) || { echo "no mariadb-dump or mysqldump is on this host" >&2; exit 127; }
# A part of a server says nothing about the transactions of all of it.
case " $* $("$dumper" --version)" in *" --all-databases "* | *MariaDB*) ;; *) set -- --set-gtid-purged=OFF "$@" ;; esac
new=$(umask 077; mktemp "$target.XXXXXX") || exit
trap 'rm -f "$new"' EXIT
if [ -z "$evk_login" ]; then "$dumper" "$@" >"$new"
else printf '%s' "$evk_login" | "$dumper" --defaults-file=/dev/fd/4 "$@" 4<&0 </dev/null >"$new"; fi || exit
if [ -n "$packer" ]; then "$packer" -c "$new" >"$new.packed" && mv -f "$new.packed" "$new" || { rm -f "$new.packed"; exit 1; }; fi
chmod 600 "$new" && sync "$new" 2>/dev/null
mv -f "$new" "$target"
