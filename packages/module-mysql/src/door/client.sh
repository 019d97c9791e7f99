# The server's own client on this host, as whoever this shell is: root comes in through the socket without a password.
export LC_ALL=C
evk_client=$(command -v mariadb || command -v mysql) || evk_client=
evk_speak() { # options-text client-option…: SQL on stdin. A login goes through a pipe, never into a command line
  evk_options=$1; shift
  set -- --default-character-set=utf8mb4 --connect-timeout=10 --binary-mode --no-auto-rehash "$@"
  if [ -z "$evk_options" ]; then "$evk_client" "$@"
  else { printf '%s' "$evk_options" | "$evk_client" --defaults-file=/dev/fd/4 "$@" 4<&0 <&3 3<&-; } 3<&0
  fi
}
