# Brings what is behind URLs to files, and goes on with their paths.
fetched=
for word; do
  shift
  case $word in
    *://*) [ -n "$fetched" ] || fetched=$(mktemp -d) || exit
      chmod 755 "$fetched"
      to=$fetched/$#.deb
      if command -v curl >/dev/null; then curl -fsSL -o "$to" "$word"; else wget -qO "$to" "$word"; fi || exit
      word=$to ;;
  esac
  set -- "$@" "$word"
done
