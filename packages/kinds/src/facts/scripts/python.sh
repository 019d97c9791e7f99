for python in /usr/bin/python3 /usr/local/bin/python3 /usr/libexec/platform-python /usr/bin/python; do
  [ -x "$python" ] || continue
  printf 'executable=%s\n' "$(readlink -f "$python" 2>/dev/null || echo "$python")"
  printf 'version=%s\n' "$("$python" -V 2>&1)"
  break
done
