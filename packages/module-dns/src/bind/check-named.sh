# check-named.sh MAIN OURS NEW: whether named would take all of its configuration with NEW in the place of OURS.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
main=$1 ours=$2 new=$3
[ -f "$main" ] || { named-checkconf "$new" >&2; exit; }
umask 077
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
if grep -qF "\"$ours\"" "$main"; then sed "s|\"$ours\"|\"$new\"|" "$main"
else cat "$main"; printf '\ninclude "%s";\n' "$new"; fi >"$work/named.conf" || exit
named-checkconf "$work/named.conf" >"$work/said" 2>&1 && exit
# Under the names that people know.
sed "s|$work/named.conf|$main|g; s|$new|$ours|g" "$work/said" >&2
exit 1
