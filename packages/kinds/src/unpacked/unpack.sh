# Unpacks an archive: unpack.sh DEST ARCHIVE RECORD MODE OWNER GROUP WHAT KEEP_NEWER IS_OURS EXCLUDES INCLUDES OPTION…
# MODE and the like are empty where they are not asked for; EXCLUDES and INCLUDES are lines. IS_OURS: the archive goes afterwards.
# Nothing of it gets out of a folder that only we can enter before it has been looked through.
set -u
dest=$1 archive=$2 record=$3 mode=$4 owner=$5 group=$6 what=$7 keep_newer=$8 is_ours=$9; shift 9
excludes=$1 includes=$2; shift 2
box=
trap 'cd /; [ -z "$box" ] || rm -rf "$box"; [ -z "$is_ours" ] || rm -f "$archive"' EXIT
trap 'exit 143' TERM INT HUP
refuse() { printf 'refused: %s\n' "$*" >&2; exit 65; }
nl='
'
magic=$(head -c 6 -- "$archive" | od -An -tx1 | tr -d ' \n')
case $magic in
  1f8b*) format=gzip flag=-z ;;
  425a68*) format=bzip2 flag=-j ;;
  fd377a585a00) format=xz flag=-J ;;
  28b52ffd*) format=zstd flag=--zstd ;;
  504b0304* | 504b0506*) format=zip flag= ;;
  *) format=tar flag= ;;
esac
need() { command -v "$1" >/dev/null || { echo "this host has no $1, which such an archive needs" >&2; exit 69; }; }
case $format in gzip | bzip2 | xz | zstd) need "$format" ;; zip) need unzip ;; esac
set -f; IFS=$nl
if [ "$format" = zip ]; then
  names=$(unzip -Z1 "$archive" 2>/dev/null) || names=$(unzip -l "$archive" | awk 'NR > 3 { $1 = $2 = $3 = ""; sub(/^ +/, ""); print }' | sed '$d' | sed '$d') || refuse "it cannot be read"
  total=$(unzip -l "$archive" | awk 'END { print $1 }')
else
  names=$(tar $flag -tf "$archive") || refuse "it cannot be read"
  total=$(tar $flag -tvf "$archive" | awk '{ if ($3 ~ /^[0-9]+$/) s += $3; else if ($2 ~ /^[0-9]+$/) s += $2 } END { printf "%.0f", s }')
fi
for name in $names; do
  case "/$name/" in
    //*) refuse "$name is an absolute path" ;;
    */../*) refuse "$name leads out of the folder" ;;
  esac
done
size=$(wc -c <"$archive"); size=${size##* }
free=$(df -Pk -- "$dest" | tail -n 1 | awk '{ print $4 }')
total=${total:-0}
[ "$((total / 1024))" -lt "$free" ] || refuse "it needs $total bytes, and there are $free KiB free"
[ "$total" -lt 1073741824 ] || [ "$((total / 200))" -lt "$size" ] || refuse "it is $size bytes and unpacks to $total: a bomb"
box=$(mktemp -d "$dest/.evenkeel.unpack.XXXXXX") || exit
mkdir -m 755 "$box/new"
if [ "$format" = zip ]; then
  set -- "$@" -q -o "$archive" $includes
  unset IFS; unzip "$@" -d "$box/new" >&2 || exit
else
  set -- "$@" -C "$box/new" -f "$archive" $includes
  unset IFS; tar -x $flag "$@" >&2 || exit
fi
cd "$box/new" || exit
# Not every tar can leave something out: it goes afterwards.
set -f; IFS=$nl
for each in $excludes; do each=${each%/}; find . \( -path "./$each" -o -path "*/$each" \) -prune -exec rm -rf {} +; done
set +f; unset IFS
bad=$(find . ! -type d ! -type f ! -type l | head -n 3); [ -z "$bad" ] || refuse "$bad is a device or the like"
bad=$(find . -type f \( -perm -4000 -o -perm -2000 \) | head -n 3); [ -z "$bad" ] || refuse "$bad runs with the rights of whose it is (setuid, setgid)"
bad=$(find . -type f -links +1 -exec stat -c '%h %i %n' {} + | awk '{ n[$2]++; h[$2] = $1; f[$2] = $3 } END { for (i in n) if (n[i] != h[i]) print f[i] }'); [ -z "$bad" ] || refuse "$bad is a name of a file elsewhere"
bad=$(find . -name "*$nl*" | head -n 3); [ -z "$bad" ] || refuse "a name holds a line feed"
find . -type l -exec sh -c '
  for link; do
    target=$(readlink -- "$link"); at=${link%/*}/$target depth=0
    case $target in /*) printf "%s\n" "$link"; exit 1 ;; esac
    IFS=/; set -f
    for part in $at; do
      case $part in "" | .) ;; ..) depth=$((depth - 1)) ;; *) depth=$((depth + 1)) ;; esac
      [ "$depth" -ge 0 ] || { printf "%s\n" "$link"; exit 1; }
    done
    unset IFS; set +f
  done' evenkeel-links {} + >"$box/bad" || refuse "$(head -n 3 "$box/bad") is a link that leads out of the folder"
whose=$owner${group:+:$group}
[ -z "$whose" ] || chown -hR "$whose" . || exit
[ -z "$mode" ] || chmod -R "$mode" . || exit
if [ -n "$keep_newer" ]; then
  find . ! -type d -exec sh -c 'for f; do [ ! "$0/$f" -nt "$f" ] || rm -f "$f"; done' "$dest" {} +
fi
# What is written down now is what is looked at later.
mkdir -m 700 "$box/record"
find . ! -type d | sort >"$box/record/names"
find . -type f -exec sha256sum {} + >"$box/record/files"
find . -mindepth 1 -type d | sort >"$box/record/folders"
find . -type l -exec sh -c 'for l; do printf "%s > %s\n" "$l" "$(readlink -- "$l")"; done' evenkeel-links {} + >"$box/record/links"
: >"$box/record/attributes"
if [ -n "$what" ] && [ -s "$box/record/names" ]; then
  set -f; IFS=$nl; stat -c "$what %n" -- $(cat "$box/record/names") >"$box/record/attributes"; set +f; unset IFS
fi
sum=$(sha256sum <"$archive"); printf '%s\n' "${sum%% *}" >"$box/record/sum"
# Whole new folders are renamed into place; into those that are there, file by file.
while IFS= read -r folder; do
  [ -d "$folder" ] || continue
  if [ -d "$dest/$folder" ] && [ ! -L "$dest/$folder" ]; then
    [ -z "$whose" ] || chown -h "$whose" "$dest/$folder"
    [ -z "$mode" ] || chmod "$mode" "$dest/$folder"
  elif [ -e "$dest/$folder" ] || [ -L "$dest/$folder" ]; then refuse "$dest/$folder is in the way of a folder"
  else mv -T -- "$folder" "$dest/$folder" || exit; fi
done <"$box/record/folders"
find . ! -type d | while IFS= read -r file; do
  if [ -d "$dest/$file" ] && [ ! -L "$dest/$file" ]; then refuse "$dest/$file is a folder, and a file is to be there"; fi
  mv -fT -- "$file" "$dest/$file" || exit
done || exit
if [ "$(id -u)" = 0 ]; then records=/var/lib/evenkeel/unpacked; else records=$HOME/.local/state/evenkeel/unpacked; fi
(umask 077; mkdir -p "$records") && rm -rf "${records:?}/$record" && cp -R "$box/record" "$records/$record" || exit
echo "$format"
cat "$records/$record/names"
