# What each of `set -- key …` would do to the packages, simulated: lines such as apt's own (`Inst name [old] (new …)`).
export LC_ALL=C
# As nobody: apt then uses its caches where they are good, and cannot write them where they are not. Else without them.
apt() {
  setpriv --reuid=65534 --regid=65534 --clear-groups apt-get ${options-} -s -q -y "$@" 2>/dev/null ||
    apt-get -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= ${options-} -s -q -y "$@" 2>/dev/null
}
if command -v dpkg-query >/dev/null; then echo apt
elif command -v dnf >/dev/null; then echo dnf
elif command -v apk >/dev/null; then echo apk
else echo "this host has no package manager that we know" >&2; exit 3; fi
for key; do
  echo "== $key"
  set -f; set -- $key; set +f
  verb=$1; shift
  case $verb in
    clean) for file in /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/* /var/cache/dnf/*/packages/*.rpm; do
        [ ! -f "$file" ] || echo "Del ${file##*/} [downloaded]"
      done
      continue ;;
  esac
  if command -v dpkg-query >/dev/null; then
    case $verb in upgrade) set -- --with-new-pkgs "$@" ;; esac
    apt "$verb" "$@" | grep -E '^(Inst|Remv|Purg|Del) '
  elif command -v dnf >/dev/null; then
    case $verb in
      upgrade | dist-upgrade) dnf -q -C repoquery --upgrades --latest-limit=1 --qf 'Upgr %{name} [installed] (%{evr})' 2>/dev/null ;;
      autoremove) dnf -q -C repoquery --unneeded --qf 'Remv %{name} [%{evr}]' 2>/dev/null ;;
      autoclean) ;;
      *) echo "dnf cannot be asked about this: $verb" >&2; exit 3 ;;
    esac | sed 's/)\(Upgr\)/)\n\1/g'
  else
    case $verb in
      upgrade | dist-upgrade) apk --no-network upgrade -s 2>/dev/null | sed -n 's/^([0-9/]*) Upgrading \([^ ]*\) (\([^ ]*\) -> \([^ )]*\).*/Upgr \1 [\2] (\3)/p' ;;
      *) ;;
    esac
  fi
done
:
