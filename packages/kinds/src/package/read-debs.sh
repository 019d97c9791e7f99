# A line for each .deb of `set -- path-or-URL …`: its package, its version, the version that is installed, what went wrong.
for deb; do
  case $deb in
    *://*) if command -v curl >/dev/null; then fetch="curl -fsSL --max-time 60"; else fetch="wget -qO-"; fi
      fields=$($fetch "$deb" 2>/dev/null | dpkg-deb -f - Package Version Architecture 2>&1) ;;
    *) fields=$(dpkg-deb -f "$deb" Package Version Architecture 2>&1) ;;
  esac
  name= version= architecture=
  while read -r field value; do
    case $field in Package:) name=$value ;; Version:) version=$value ;; Architecture:) architecture=$value ;; esac
  done <<END
$fields
END
  installed=
  [ -z "$name" ] || installed=$(dpkg-query -W -f='${db:Status-Status} ${Version}' "$name:$architecture" 2>/dev/null || dpkg-query -W -f='${db:Status-Status} ${Version}' "$name" 2>/dev/null)
  case $installed in "installed "*) installed=${installed#* } ;; *) installed= ;; esac
  [ -n "$name" ] && fields= || fields=$(printf %s "$fields" | tr '\n\t' '  ')
  printf '%s\t%s\t%s\t%s\n' "$name" "$version" "$installed" "$fields"
done
