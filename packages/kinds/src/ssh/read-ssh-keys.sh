# Four lines for each of `set -- user …`: its key's path, whether it is there, its fingerprint, its public half. `file` says where.
for user; do
  if command -v getent >/dev/null; then entry=$(getent passwd "$user"); else entry=$(grep "^$user:" /etc/passwd); fi
  IFS=: read -r _ _ _ _ _ home _ <<END
$entry
END
  case $file in /*) path=$file ;; *) path=$home/$file ;; esac
  echo "$path"
  if [ -e "$path" ]; then
    echo present
    ssh-keygen -lf "$path" 2>/dev/null || echo
    if [ -f "$path.pub" ] && [ ! -L "$path.pub" ] && read -r line <"$path.pub"; then printf '%s\n' "$line"; else echo; fi
  else printf 'absent\n\n\n'; fi
done
