# The users' lines of passwd, all groups, and the users' lines of shadow, a blank line after each; which homes are there; and
# "files" where there are no tools. `set -- name …` before; `local=1`: only what is in the host's own files.
lines() { # database, and which keys of it; without keys all
  if [ -z "${local-}" ] && command -v getent >/dev/null; then getent "$@" 2>/dev/null; return; fi
  base=$1; shift
  while read -r line; do
    [ $# -gt 0 ] || printf '%s\n' "$line"
    for name; do case $line in "$name":*) printf '%s\n' "$line" ;; esac; done
  done 2>/dev/null <"/etc/$base"
}
users=$(lines passwd "$@")
[ -z "$users" ] || printf '%s\n' "$users"
echo
lines group; echo
lines shadow "$@"; echo
while IFS=: read -r name _ _ _ _ home _; do [ ! -d "$home" ] || printf 'home %s\n' "$name"; done <<END
$users
END
for name; do [ ! -d "/home/$name" ] || printf 'folder %s\n' "$name"; done
command -v useradd >/dev/null || echo files
:
