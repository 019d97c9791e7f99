# arm.sh FOLDER SECONDS: keeps what is to be put back, and a clock that does it by itself. On stdin: the sh that puts it back.
# What is kept: lines `keep N PATH` at its beginning. Whoever makes FOLDER/decided first decides: we,
# who came back in time, or the clock. Who gives up before makes FOLDER/now.
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
  while [ "$i" -lt "$EVG_SECONDS" ] && [ ! -e "$EVG/now" ]; do
    [ ! -e "$EVG/decided" ] && [ -d "$EVG" ] || break
    sleep 1; i=$((i + 1))
  done
  mkdir "$EVG/decided" 2>/dev/null || { rm -rf "$EVG"; exit; }
  sh "$EVG/restore" >"$EVG/log" 2>&1
  echo $? >"$EVG/restored"
' </dev/null >/dev/null 2>&1 &
