# The users' lines of passwd, all groups, and the users' lines of shadow, with blank lines between. `set -- name …` before.
lines() { # database, and which keys of it; without keys all
  if command -v getent >/dev/null; then getent "$@" 2>/dev/null; return; fi
  base=$1; shift
  if [ $# -eq 0 ]; then cat "/etc/$base"; else for name; do grep "^$name:" "/etc/$base" 2>/dev/null; done; fi
}
lines passwd "$@"; echo
lines group; echo
lines shadow "$@"
:
