# The words that jobs use on a host. A job lives in a folder of its own:
#   boot    the boot it was started in        pid     its supervisor, and when that was started
#   out err what it printed                   out.cut err.cut how much of that was thrown away
#   rc      how it ended                      ended   why we ended it, if we did
#   limits  until when it may run, and for how long alone
#   keeper  the shell that answers for it
evk_state() {
  [ -z "$evk_s" ] || return 0
  if [ "$(id -u)" = 0 ]; then evk_s=/var/lib/evenkeel
  elif [ -n "$HOME" ] && [ -w "$HOME" ]; then evk_s=$HOME/.local/state/evenkeel
  else evk_s=/var/tmp/evenkeel-$(id -u); fi
  if (umask 077; mkdir -p "$evk_s/jobs") && [ -O "$evk_s" ] && [ ! -L "$evk_s" ]; then
    find "$evk_s/jobs" -mindepth 2 -maxdepth 2 -name rc -mmin +1440 | while read -r evk_f; do rm -rf "${evk_f%/rc}"; done
  else
    printf 'no place to record jobs: %s\n' "$evk_s" >&2; evk_s=; return 1
  fi
}
evk_now() { read -r evk_up evk_x </proc/uptime; evk_up=${evk_up%.*}; }
evk_start() { # id seconds grace stdin-size; the command is in EVENKEEL_RUN
  evk_state || { evk_take "$4" >/dev/null; return 1; }
  evk_d=$evk_s/jobs/$1
  if mkdir -m 700 "$evk_d" 2>/dev/null; then
    evk_describe "$@" || { rm -rf "$evk_d"; evk_take "$4" >/dev/null; return 1; }
  else
    evk_take "$4" >/dev/null
    [ -d "$evk_d" ] || { mkdir "$evk_d"; return 1; }
    evk_adopt "$1"; return
  fi
  if [ "$4" -eq 0 ]; then exec 5</dev/null
  else # a file without a name: what comes by stdin is on no path, not even after a crash
    : >"$evk_d/in" && chmod 600 "$evk_d/in" && exec 4>"$evk_d/in" 5<"$evk_d/in" && rm "$evk_d/in"
    evk_save "$4" >&4 || { rm -rf "$evk_d"; exec 4>&- 5<&-; return 1; }
    exec 4>&-
  fi
  export EVENKEEL_RUN EVENKEEL_JOB="$1"
  setsid sh -c "$evk_super" evenkeel-job "$evk_d" <&5 >/dev/null 2>&1 5<&- &
  evk_p=$! evk_mine=$1; exec 5<&-
  # The supervisor does so too, in case that this shell is ended first.
  read -r evk_x 2>/dev/null <"/proc/$evk_p/stat" && set -- ${evk_x##*) } && shift 19 && printf '%s %s\n' "$evk_p" "$1" >"$evk_d/pid"
  unset EVENKEEL_RUN EVENKEEL_JOB; evk_jobs="$evk_jobs $evk_mine"
}
evk_describe() {
  evk_now && read -r evk_x </proc/sys/kernel/random/boot_id &&
    printf '%s\n' "$evk_x" >"$evk_d/boot" &&
    printf '%s %s\n' $((evk_up + $2)) "$3" >"$evk_d/limits" &&
    printf '%s\n' $$ >"$evk_d/keeper"
}
evk_adopt() { # id
  evk_d=$evk_s/jobs/$1
  printf '%s\n' $$ >"$evk_d/keeper"
  case " $evk_jobs " in *" $1 "*) ;; *) evk_jobs="$evk_jobs $1" ;; esac
}
evk_lives() { # folder: is its supervisor alive?
  [ -s "$1/pid" ] && read -r evk_q evk_y <"$1/pid" && [ -r "/proc/$evk_q/stat" ] &&
    read -r evk_x <"/proc/$evk_q/stat" && set -- ${evk_x##*) } && [ "$1" != Z ] && shift 19 && [ "$1" = "$evk_y" ]
}
evk_tell() { # id: how it stands
  evk_d=$evk_s/jobs/$1
  [ -d "$evk_d" ] || { echo absent; return; }
  evk_x=; [ ! -f "$evk_d/ended" ] || read -r evk_x <"$evk_d/ended"
  if [ -s "$evk_d/rc" ]; then read -r evk_y <"$evk_d/rc"; echo "done $evk_y $evk_x"; return; fi
  read -r evk_y <"$evk_d/boot"; read -r evk_z </proc/sys/kernel/random/boot_id
  if [ "$evk_y" != "$evk_z" ]; then echo "unknown rebooted $evk_x"
  elif evk_lives "$evk_d"; then echo running
  elif [ -s "$evk_d/rc" ]; then read -r evk_y <"$evk_d/rc"; echo "done $evk_y $evk_x"
  else echo "unknown vanished $evk_x"; fi
}
# A flood must not fill the disk, nor stay on it: of more than 64 MiB the first and the last 16 MiB are kept. `.cut` says
# from where to where nothing is left, and how far what follows has moved. Where the disk gives nothing back out of the
# middle of a file that is being written, all so far goes.
evk_cut() {
  for evk_f in "$evk_d/out" "$evk_d/err"; do
    evk_is_flooded "$evk_f" || continue
    evk_x=$(($(wc -c <"$evk_f") - evk_part))
    if [ "$evk_moved" -eq 0 ] && fallocate -p -o $evk_part -l $((evk_x - evk_part)) "$evk_f" 2>/dev/null; then
      echo "$evk_part $evk_x 0" >"$evk_f.cut"
    elif [ ! -s "$evk_d/rc" ]; then
      evk_x=$((evk_moved + $(wc -c <"$evk_f"))); : >"$evk_f"; echo "0 $evk_x $evk_x" >"$evk_f.cut"
    elif [ "$evk_moved" -eq 0 ]; then
      { head -c $evk_part "$evk_f"; tail -c $evk_part "$evk_f"; } >"$evk_f.new" && echo "$evk_part $evk_x $((evk_x - evk_part))" >"$evk_f.cut" && mv "$evk_f.new" "$evk_f"
    else
      tail -c $evk_part "$evk_f" >"$evk_f.new" && evk_x=$((evk_moved + evk_x)) && echo "0 $evk_x $evk_x" >"$evk_f.cut" && mv "$evk_f.new" "$evk_f"
    fi
  done
}
evk_part=16777216
evk_read_cut() { evk_from=0 evk_to=0 evk_moved=0; [ ! -s "$1.cut" ] || read -r evk_from evk_to evk_moved <"$1.cut"; }
evk_is_flooded() { evk_read_cut "$1"; [ -n "$(find "$1" -size +$((131072 + (evk_to - evk_moved) / 512)) 2>/dev/null)" ]; }
evk_alarm() { # wakes the shell after half a second, and at once when there is much to throw away
  evk_i=0
  while if sleep 0.1; then evk_i=$((evk_i + 1)); else sleep 1; evk_i=5; fi; do
    [ $evk_i -ge 5 ] || evk_is_flooded "$evk_d/out" || evk_is_flooded "$evk_d/err" || continue
    kill -USR1 $$ || exit
  done
}
evk_wait() { # id: until it has ended, or half a second
  evk_d=$evk_s/jobs/$1
  [ -s "$evk_d/rc" ] || evk_cut
  if [ "$evk_mine" = "$1" ]; then
    (evk_alarm) </dev/null >/dev/null 2>&1 &
    evk_t=$!
    [ -s "$evk_d/rc" ] || wait "$evk_p"
    { kill "$evk_t"; wait "$evk_t"; } 2>/dev/null
  else
    for evk_f in 1 2 3 4 5; do
      [ ! -s "$evk_d/rc" ] || break
      evk_lives "$evk_d" || break
      sleep 0.1 2>/dev/null || sleep 1
    done
  fi
  [ ! -s "$evk_d/rc" ] || evk_cut
  for evk_f in out err; do
    evk_read_cut "$evk_d/$evk_f"
    [ "$evk_to" -eq 0 ] || echo "cut $evk_f $evk_from $evk_to"
  done
}
evk_read() { # file offset most, counted as if nothing had been cut
  [ -s "$1" ] || return 0
  evk_read_cut "$1"
  evk_x=$2 evk_y=$3
  if [ "$evk_x" -lt "$evk_from" ]; then [ "$evk_y" -le $((evk_from - evk_x)) ] || evk_y=$((evk_from - evk_x))
  else
    [ "$evk_x" -ge "$evk_to" ] || evk_x=$evk_to
    evk_x=$((evk_x - evk_moved))
  fi
  if [ "$evk_x" -eq 0 ]; then head -c "$evk_y" "$1"; else tail -c +$((evk_x + 1)) "$1" | head -c "$evk_y"; fi
}
evk_size() { evk_read_cut "$1"; echo $(($(wc -c <"$1") + evk_moved)); }
evk_kin() { # id: every process of a job but its supervisor, whatever it did to get away
  evk_d=$evk_s/jobs/$1
  evk_q=0; [ ! -s "$evk_d/pid" ] || read -r evk_q evk_y <"$evk_d/pid"
  {
    grep -ls "EVENKEEL_JOB=$1" /proc/[0-9]*/environ
    for evk_f in /proc/[0-9]*/stat; do
      read -r evk_x 2>/dev/null <"$evk_f" || continue
      evk_x="${evk_x##*) }"; evk_x="${evk_x#* }"; evk_x="${evk_x#* }"; evk_x="${evk_x#* }"
      [ "${evk_x%% *}" != "$evk_q" ] || echo "$evk_f"
    done
  } | while read -r evk_f; do
    evk_f="${evk_f#/proc/}"; evk_f="${evk_f%/*}"
    [ "$evk_f" = "$evk_q" ] || [ "$evk_f" = $$ ] || echo "$evk_f"
  done
}
evk_end() { # id why: ends the whole tree, politely, then not
  evk_d=$evk_s/jobs/$1
  [ -d "$evk_d" ] && [ ! -s "$evk_d/rc" ] || return 0
  printf '%s\n' "$2" >"$evk_d/ended"
  for evk_g in TERM TERM KILL KILL; do
    evk_k="$(evk_kin "$1" | sort -u)"
    [ -n "$evk_k" ] || break
    kill -s "$evk_g" $evk_k 2>/dev/null
    for evk_f in 1 2 3 4 5; do
      [ -n "$(evk_kin "$1")" ] || break 2
      sleep 0.2 2>/dev/null || sleep 1
    done
  done
  [ -s "$evk_d/rc" ] || sleep 0.1 2>/dev/null || sleep 1
}
evk_guard() { # the wire is gone: jobs have some time for somebody to ask for them
  exec </dev/null >/dev/null 2>&1
  trap '' HUP
  evk_now; evk_0=$evk_up
  while [ -n "$evk_jobs" ]; do
    evk_left=
    for evk_j in $evk_jobs; do
      evk_d=$evk_s/jobs/$evk_j
      [ ! -s "$evk_d/rc" ] && read -r evk_y <"$evk_d/keeper" && [ "$evk_y" = $$ ] || continue
      read -r evk_until evk_grace <"$evk_d/limits"
      evk_now; evk_cut
      if [ "$evk_up" -ge "$evk_until" ]; then evk_end "$evk_j" deadline
      elif [ "$evk_grace" != leave ] && [ $((evk_up - evk_0)) -ge "$evk_grace" ]; then evk_end "$evk_j" lost
      else evk_left="$evk_left $evk_j"; fi
    done
    evk_jobs=$evk_left
    [ -z "$evk_jobs" ] || sleep 1
  done
}
