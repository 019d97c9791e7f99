# A file or folder that nobody else can enter, under a name that nobody else has: make.sh file|directory FOLDER PREFIX SUFFIX
set -C; umask 077
folder=${2:-${TMPDIR:-/tmp}}
for try in 1 2 3 4 5 6 7 8; do
  if [ "$1" = directory ]; then made=$(mktemp -d "$folder/$3XXXXXXXX") || exit; else made=$(mktemp "$folder/$3XXXXXXXX") || exit; fi
  if [ -z "$4" ]; then printf '%s\n' "$made"; exit; fi
  # Not every mktemp can put something behind: so the name is taken once more, with that.
  if [ "$1" = directory ]; then mkdir "$made$4" 2>/dev/null; else : 2>/dev/null >"$made$4"; fi && ok=1 || ok=
  rm -rf "$made"
  if [ "$ok" ]; then printf '%s\n' "$made$4"; exit; fi
done
echo "no free name in $folder" >&2; exit 1
