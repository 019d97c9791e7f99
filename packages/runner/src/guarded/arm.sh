# arm.sh FOLDER SECONDS: keeps what is to be put back, and a clock that does it by itself. On stdin: the sh that puts it back.
# What is kept: lines `keep N PATH` at its beginning. Whoever comes back in time makes FOLDER/confirmed; whoever gives up, FOLDER/now.
set -eu
umask 077
mkdir -p "${1%/*}"
mkdir "$1"
cat >"$1/restore"
sed -n 's/^# keep //p' "$1/restore" | while read -r n path; do
  if [ -e "$path" ] || [ -L "$path" ]; then cp -a -- "$path" "$1/$n"; fi
done
export EVG="$1" EVG_SECONDS="$2"
setsid sh -c '
  trap "" HUP
  i=0
  while [ "$i" -lt "$EVG_SECONDS" ]; do
    [ ! -e "$EVG/now" ] || break
    [ ! -e "$EVG/confirmed" ] || { rm -rf "$EVG"; exit; }
    sleep 1; i=$((i + 1))
  done
  sh "$EVG/restore" >"$EVG/log" 2>&1
  echo $? >"$EVG/restored"
' </dev/null >/dev/null 2>&1 &
