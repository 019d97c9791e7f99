# What the host's package manager knows of packages. `set -- name …` comes before, and if need be: `asks` is "all" where the
# lists are asked about packages that are installed too, or a version that they are to have (with `relation`); `release`.
export LC_ALL=C
asks=${asks-} relation=${relation-} release=${release-}

# A line for each package that dpkg knows; which came as dependencies; who provides what it does not know; what matches
# patterns; what the lists offer; services that run. A blank line after each.
read_apt() {
  known=$(dpkg-query -W -f='${db:Status-Status} ${Package} ${Architecture} ${db:Status-Want} ${Version}\n' -- dpkg "$@" 2>/dev/null)
  printf '%s\n\n' "$known"
  (for name; do shift; set -- "$@" -e "Package: ${name%%:*}"; done
    grep -s -x -F -A2 "$@" /var/lib/apt/extended_states)
  echo
  sought= patterns=
  for name; do
    shift
    case $name in
      *[*?[]*) patterns="$patterns $name" ;;
      *) if is_installed "$name"; then is_right "$name" || set -- "$@" "$name"
        else set -- "$@" "$name"; sought="$sought$name
"; fi ;;
    esac
  done
  [ -z "$sought" ] || dpkg-query -W -f='${db:Status-Status} ${Package} ${Version} ${Provides}\n' 2>/dev/null | grep -F -- "${sought%?}"
  echo
  [ -z "$patterns" ] || lists pkgnames 2>/dev/null | (set -f; while read -r name; do for each in $patterns; do case $name in $each) echo "$name"; break ;; esac; done; done)
  echo
  [ $# -eq 0 ] || ! command -v apt-cache >/dev/null || lists policy -- "$@" 2>/dev/null
  echo
  [ -z "$asks" ] || [ $# -eq 0 ] || [ ! -d /run/systemd/system ] || services_of "$@"
}
# As nobody: apt then uses its caches where they are good, and cannot write them where they are not. Else without them.
lists() {
  setpriv --reuid=65534 --regid=65534 --clear-groups apt-cache ${release:+-o "APT::Default-Release=$release"} "$@" 2>/dev/null ||
    apt-cache -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= ${release:+-o "APT::Default-Release=$release"} "$@"
}
is_installed() {
  case "
$known" in *"
installed ${1%%:*} "*) return 0 ;; esac
  return 1
}
is_right() { # is nothing left to ask about what is installed?
  case $asks in '') return 0 ;; all) return 1 ;; esac
  version=${known#*"installed ${1%%:*} "}; version=${version%%"
"*}; version=${version##* }
  case $relation in
    '>=') dpkg --compare-versions "$version" ge "$asks" ;;
    *) case $version in $asks) return 0 ;; esac; return 1 ;;
  esac
}
services_of() {
  for name; do
    shift
    for list in "/var/lib/dpkg/info/$name.list" "/var/lib/dpkg/info/$name":*.list; do
      [ ! -e "$list" ] || set -- "$@" "$list"
    done
  done
  [ $# -gt 0 ] || return 0
  found=$(grep -oE '/systemd/system/[^/@]+\.service$' "$@" /dev/null)
  [ -n "$found" ] || return 0
  printf '%s\n' "$found" | sed 's|^/var/lib/dpkg/info/||'
  systemctl is-active -- $(printf '%s\n' "$found" | sed 's|.*/||')
}

# A line for each package that rpm knows; who provides what it does not; a blank line; what dnf's cache offers.
read_rpm() {
  said=$(rpm -q --qf 'installed %{NAME} %{ARCH} %{EPOCHNUM}:%{VERSION}-%{RELEASE}\n' -- "$@" 2>/dev/null)
  printf '%s\n' "$said" | grep '^installed '
  for name; do
    shift
    case "$said
" in
      *"package $name is not installed
"*) rpm -q --whatprovides --qf "provided $name %{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE}\\n" -- "$name" 2>/dev/null | grep '^provided ' ;;
      *) [ -n "$asks" ] || continue ;;
    esac
    set -- "$@" "$name"
  done
  echo
  [ $# -eq 0 ] || ! command -v dnf >/dev/null || dnf -q -C repoquery --latest-limit=1 --qf '%{name} %{arch} %{epoch}:%{version}-%{release}' -- "$@" 2>/dev/null
}

if command -v dpkg-query >/dev/null; then echo apt; read_apt "$@"
elif command -v rpm >/dev/null; then echo dnf; read_rpm "$@"
elif command -v apk >/dev/null; then echo apk; apk --no-network policy "$@" 2>/dev/null
else echo none; fi
:
