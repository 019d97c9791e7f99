# include.sh add|remove MAIN OURS: whether named.conf includes our file. What named would refuse is not left there.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
main=$2 ours=$3
[ -f "$main" ] || { echo "$main is not there: this is not a BIND as Debian has it" >&2; exit 1; }
new=$(mktemp "$main.XXXXXX") || exit
trap 'rm -f "$new"' EXIT
cp -p "$main" "$new" || exit
case $1 in
  add) grep -qF "\"$ours\"" "$main" && exit 0; printf 'include "%s";\n' "$ours" >>"$new" ;;
  remove) grep -vxF "include \"$ours\";" "$main" >"$new" ;;
esac
said=$(named-checkconf "$new" 2>&1) || { printf '%s\n' "$said" | sed "s|$new|$main|g" >&2; exit 1; }
sync "$new" 2>/dev/null
mv -f "$new" "$main"
