# For each of `set -- user …` a line: whether it is there, its file's size, its path; then that file. `path` (with %u and %h)
# if it is not where it usually is; `follow=1`: a link is what it points to.
for user; do
  if command -v getent >/dev/null; then entry=$(getent passwd "$user"); else entry=$(grep "^$user:" /etc/passwd); fi
  IFS=: read -r _ _ _ _ _ home _ <<END
$entry
END
  file=${path:-$home/.ssh/authorized_keys}
  [ -z "${follow-}" ] || [ ! -L "$file" ] || file=$(readlink -f "$file")
  there=no size=-
  [ -z "$entry" ] || there=yes
  [ ! -f "$file" ] || { [ -L "$file" ] && [ -z "${follow-}" ]; } || size=$(wc -c <"$file")
  printf '%s %s %s\n' "$there" "$size" "$file"
  [ "$size" = - ] || cat "$file"
done
:
