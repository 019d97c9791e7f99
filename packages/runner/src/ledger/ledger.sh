# What a host remembers between runs, each record one line of JSON in a folder that only its owner can enter:
#   lock/lease      token, boot id, until when (seconds since boot)     lock/holder   who, since when, why
#   pending/ID      what is still to be done on this host              runs/NAME     a run that has not ended
if [ "$(id -u)" = 0 ]; then evl=/var/lib/evenkeel
elif [ -n "$HOME" ] && [ -w "$HOME" ]; then evl=$HOME/.local/state/evenkeel
else evl=/var/tmp/evenkeel-$(id -u); fi
evl_now() {
  read -r evl_up evl_x </proc/uptime; evl_up=${evl_up%.*}
  read -r evl_boot </proc/sys/kernel/random/boot_id
}
evl_lease() { evl_token= evl_of= evl_until=0; [ ! -s "$evl/lock/lease" ] || read -r evl_token evl_of evl_until <"$evl/lock/lease"; }
# A lock that has no lease yet is being taken this moment, unless it is older than that takes.
evl_is_held() {
  [ -d "$evl/lock" ] || return 1
  evl_lease; evl_now
  if [ -z "$evl_token" ]; then [ -z "$(find "$evl/lock" -maxdepth 0 -mmin +1)" ]
  else [ "$evl_of" = "$evl_boot" ] && [ "$evl_up" -lt "$evl_until" ]; fi
}
evl_records() { # folder word
  for evl_f in "$evl/$1"/*; do
    [ -f "$evl_f" ] && read -r evl_x <"$evl_f" && printf '%s %s %s\n' "$2" "${evl_f##*/}" "$evl_x"
  done
}
evl_tell() {
  printf 'folder %s\n' "$evl"
  if evl_is_held; then evl_x=; [ ! -s "$evl/lock/holder" ] || read -r evl_x <"$evl/lock/holder"; printf 'held %s %s %s\n' "${evl_token:-?}" "$((evl_until - evl_up))" "$evl_x"
  elif [ -d "$evl/lock" ]; then evl_x=; [ ! -s "$evl/lock/holder" ] || read -r evl_x <"$evl/lock/holder"; printf 'expired %s 0 %s\n' "${evl_token:-?}" "$evl_x"; fi
  evl_records pending pending; evl_records runs run
  for evl_f in "$evl"/jobs/*; do
    [ ! -s "$evl_f/rc" ] && [ -s "$evl_f/pid" ] && read -r evl_x evl_y <"$evl_f/pid" && kill -0 "$evl_x" 2>/dev/null && printf "job %s -\n" "${evl_f##*/}"
  done; :
}
evl_write() { # file line: all of it or nothing
  printf '%s\n' "$2" >"$1.new" && mv -f "$1.new" "$1"
}
evl_lend() { # token seconds
  evl_now && evl_write "$evl/lock/lease" "$1 $evl_boot $((evl_up + $2))"
}
# evl_lock TOKEN SECONDS HOLDER DEAD: takes the lock if it is free, expired, or held by DEAD, whom its own machine says is gone.
evl_lock() {
  (umask 077; mkdir -p "$evl/pending" "$evl/runs") || return 2
  umask 077
  if mkdir "$evl/lock" 2>/dev/null; then
    evl_write "$evl/lock/holder" "$3" && evl_lend "$1" "$2" && return
    rm -rf "$evl/lock"; return 2
  fi
  [ -d "$evl/lock" ] || { mkdir "$evl/lock"; return 2; }
  evl_lease
  [ "$evl_token" != "$1" ] || { evl_lend "$1" "$2"; return; }
  if evl_is_held && { [ -z "$4" ] || [ "$evl_token" != "$4" ]; }; then return 1; fi
  # Of several who see the same expired lock, one makes this folder; and it must still be the lock that was seen.
  evl_seen=$evl_token
  [ -z "$(find "$evl/lock/taken" -maxdepth 0 -mmin +1 2>/dev/null)" ] || rmdir "$evl/lock/taken"
  mkdir "$evl/lock/taken" 2>/dev/null || return 1
  evl_lease
  if [ "$evl_token" = "$evl_seen" ]; then evl_write "$evl/lock/holder" "$3" && evl_lend "$1" "$2"; else false; fi
  evl_x=$?; rmdir "$evl/lock/taken"; return $evl_x
}
evl_own() { # token: still ours?
  evl_lease
  [ "$evl_token" = "$1" ] && return
  evl_x=nobody; [ ! -s "$evl/lock/holder" ] || read -r evl_x <"$evl/lock/holder"
  printf '%s\n' "$evl_x" >&2; return 1
}
evl_renew() { evl_own "$1" && evl_lend "$1" "$2"; }
evl_release() { # token
  evl_own "$1" 2>/dev/null || return 0
  mv "$evl/lock" "$evl/lock.$1" && rm -rf "$evl/lock.$1"
}
evl_note() { # folder id line: unless it is there already
  [ -s "$evl/$1/$2" ] || (umask 077; mkdir -p "$evl/$1" && evl_write "$evl/$1/$2" "$3")
}
evl_strike() { rm -f "$evl/$1/$2"; } # folder id
