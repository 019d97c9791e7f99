# Keeps what is there beside it, under a name with the time, and prints that name: backup.sh PATH
[ -f "$1" ] || exit 0
real=$(readlink -f -- "$1") || exit
name="$1.$$.$(date +%Y-%m-%d@%H:%M:%S)~"
cp -p -- "$real" "$name" && printf '%s\n' "$name"
