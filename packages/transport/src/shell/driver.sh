# The loop that answers requests, and the few words that every request uses; everything is prefixed evk_.
# A request is a line with a length, then so many bytes of script; one that the wire cut short is not run. An answer
# stands between marks that carry a nonce of the request's, on stdout and on stderr alike; what is printed outside of
# marks is noise.
for evk_n in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
  case ":$PATH:" in *":$evk_n:"*) ;; *) PATH="${PATH:+$PATH:}$evk_n" ;; esac
done
export PATH
LC_ALL=C; export LC_ALL; unset LANGUAGE CDPATH ENV BASH_ENV POSIXLY_CORRECT IFS
umask 022
trap : PIPE USR1
evk_take() { # size: so many bytes of the wire, and no more
  if [ "$1" -gt 65536 ]; then dd bs=65536 count=$(($1 / 65536)) iflag=fullblock 2>/dev/null; fi
  if [ "$1" -eq 65536 ]; then set -- 65536; else set -- $(($1 % 65536)); fi
  [ "$1" -eq 0 ] || dd bs="$1" count=1 iflag=fullblock 2>/dev/null
}
evk_save() { evk_take "$1" | { cat || { cat >/dev/null; false; }; }; } # the same, and all of it even if it cannot be kept
evk_open() { printf '\036%s<\n' "$1"; printf '\036%s<\n' "$1" >&2; }
evk_shut() { printf '\036%s>%s\n' "$1" "$2"; printf '\036%s>%s\n' "$1" "$2" >&2; }
evk_admit() { # asks the guard that is in evk_ask, if there is one; when it says no, says so, and why
  [ -n "$evk_ask" ] || return 0
  evk_x=$( (eval "$evk_ask") 2>&1 >/dev/null </dev/null) && return
  printf 'guard\n%s\n' "$evk_x"; return 1
}
evk_jobs=
evk_greet
while read -r evk_n && evk_r=$(evk_take "$evk_n") && [ "${#evk_r}" -eq "$evk_n" ]; do eval "$evk_r"; done
[ -z "$evk_jobs" ] || evk_linger
