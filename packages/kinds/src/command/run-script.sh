# run-script.sh NAME LINE: the script comes on stdin; LINE runs it as "$0".
if [ "$(id -u)" = 0 ]; then folder=/var/lib/evenkeel
elif [ -n "$HOME" ] && [ -w "$HOME" ]; then folder=$HOME/.local/state/evenkeel
else folder=/var/tmp; fi
mask=$(umask); umask 077
mkdir -p "$folder" && folder=$(mktemp -d "$folder/script.XXXXXX") || exit
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM INT HUP
cat >"$folder/$1" && chmod 700 "$folder/$1" || exit
umask "$mask"
sh -c "$2" "$folder/$1" </dev/null
