# What dpkg knows of the packages, a blank line, and for those that are not installed what apt would bring.
# `set -- name …` comes before.
command -v dpkg-query >/dev/null || { echo "this host has no dpkg" >&2; exit 3; }
known=$(dpkg-query -W -f='${Package} ${Architecture} ${db:Status-Status} ${Version}\n' -- "$@" 2>/dev/null)
printf '%s\n\n' "$known"
for name; do
  shift
  case "
$known" in
    *"
${name%%:*} "*" installed "*) ;;
    *) set -- "$@" "$name" ;;
  esac
done
# Without its caches on disk: asking must not write.
[ $# -eq 0 ] || ! command -v apt-cache >/dev/null ||
  apt-cache -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= policy -- "$@" 2>/dev/null
