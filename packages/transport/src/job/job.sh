# The words that jobs use on a host, beside those of records.sh and output.sh.
evk_state() {
  [ -z "$evk_s" ] || return 0
  evk_place
  # Nothing is made in what somebody else put there for us, or a link of theirs leads to.
  if { [ -e "$evk_s" ] || [ -L "$evk_s" ] || (umask 077; mkdir -p "$evk_s"); } && evk_is_ours &&
    { [ -d "$evk_s/jobs" ] || (umask 077; mkdir -p "$evk_s/jobs"); }; then evk_purge
  else
    printf 'no place to record jobs: %s\n' "$evk_s" >&2; evk_s=; return 1
  fi
}
evk_purge() { # what nothing has happened to for a week, unless it still runs
  find "$evk_s/jobs" -mindepth 1 -maxdepth 1 -type d -mmin +10080 | while read -r evk_f; do evk_lives "$evk_f" || rm -rf "$evk_f"; done
}
evk_own= # the supervisors that this shell started
evk_start() { # id seconds grace stdin-size attached|detached. In variables: evk_ask, EVENKEEL_RUN, EVENKEEL_AFTER
  evk_state || { evk_take "$4" >/dev/null; return 1; }
  evk_d=$evk_s/jobs/$1 evk_new=
  if [ -d "$evk_d" ]; then evk_take "$4" >/dev/null; evk_adopt "$1" "$5"; return; fi
  # Its record is made aside, and becomes its record in one step: what bears the id was started, and only once.
  evk_new=$(umask 077; mktemp -d "$evk_s/jobs/.$1.XXXXXX") && evk_describe "$@" || { evk_take "$4" >/dev/null; evk_drop 1; return; }
  if [ "$4" -eq 0 ]; then exec 5</dev/null; else evk_keep_stdin "$4" || { evk_drop 1; return; }; fi
  evk_admit || { evk_drop 3; return; }
  evk_x=$(mv -T "$evk_new" "$evk_d" 2>&1) || {
    evk_drop 0
    [ -d "$evk_d" ] || { printf '%s\n' "$evk_x" >&2; return 1; }
    evk_adopt "$1" "$5"; return
  }
  evk_launch "$1"
  if [ "$5" = detached ]; then evk_leave "$1"; else evk_jobs="$evk_jobs $1"; fi
}
evk_drop() { exec 5<&-; [ -z "$evk_new" ] || rm -rf "$evk_new"; return "$1"; } # status
evk_describe() {
  # What it prints may be secret, and stays for a week.
  (umask 077; : >"$evk_new/out"; : >"$evk_new/err")
  evk_now && read -r evk_x </proc/sys/kernel/random/boot_id &&
    printf '%s %s\n' "$evk_x" $$ >"$evk_new/boot" &&
    printf '%s %s %s\n' $((evk_up + $2 + 1)) "$3" "$evk_up" >"$evk_new/limits" &&
    printf '%s\n' $$ >"$evk_new/keeper"
}
evk_keep_stdin() { # size: in a file without a name, so that it is on no path, not even after a crash; and all of it or nothing
  : >"$evk_new/in" && chmod 600 "$evk_new/in" || { evk_take "$1" >/dev/null; return 1; }
  exec 4>"$evk_new/in" 5<"$evk_new/in"
  rm "$evk_new/in"
  evk_save "$1" >&4; evk_x=$?
  exec 4>&-
  [ $evk_x -eq 0 ] && [ "$(wc -c <"/proc/$$/fd/5")" -eq "$1" ]
}
evk_launch() { # id
  export EVENKEEL_RUN EVENKEEL_AFTER EVENKEEL_JOB="$1"
  setsid sh -c "$evk_super" evenkeel-job "$evk_d" <&5 >/dev/null 2>&1 5<&- &
  evk_p=$!; exec 5<&-
  unset EVENKEEL_RUN EVENKEEL_AFTER EVENKEEL_JOB
  evk_own="$evk_own $evk_p"
  # The supervisor does so too, in case that this shell is ended first.
  read -r evk_x 2>/dev/null <"/proc/$evk_p/stat" && set -- ${evk_x##*) } && shift 19 && printf '%s %s\n' "$evk_p" "$1" >"$evk_d/pid"
  return 0
}
evk_adopt() { # id attached|detached: looks after it from now on, if it is there. Who only starts it leaves it to its keeper
  evk_d=$evk_s/jobs/$1
  [ -d "$evk_d" ] && ! evk_is_over "$evk_d" || return 0
  if [ "$2" = detached ]; then
    read -r evk_y <"$evk_d/keeper" && [ -d "/proc/$evk_y" ] || evk_leave "$1"
    return 0
  fi
  printf '%s\n' $$ >"$evk_d/keeper"
  case " $evk_jobs " in *" $1 "*) ;; *) evk_jobs="$evk_jobs $1" ;; esac
}
evk_leave() { # id: a shell of its own looks after it
  EVENKEEL_KEEP=$evk_words setsid sh -c 'eval "$EVENKEEL_KEEP"; unset EVENKEEL_KEEP
    evk_s=$1 evk_jobs=$2; printf "%s\n" $$ >"$1/jobs/$2/keeper"; evk_linger' evenkeel-keeper "$evk_s" "$1" </dev/null >/dev/null 2>&1 &
}
evk_forget() { # id: it is over
  case " $evk_jobs " in *" $1 "*) evk_x=" $evk_jobs "; evk_jobs="${evk_x%% $1 *} ${evk_x#* $1 }" ;; esac
  case " $evk_own " in *" $evk_q "*) evk_x=" $evk_own "; evk_own="${evk_x%% $evk_q *} ${evk_x#* $evk_q }" ;; esac
}
evk_tell() { # id: how it stands
  evk_d=$evk_s/jobs/$1
  [ -d "$evk_d" ] || { echo absent; return; }
  if ! evk_is_over "$evk_d"; then
    read -r evk_y evk_x <"$evk_d/boot"; read -r evk_z </proc/sys/kernel/random/boot_id
    if [ "$evk_y" != "$evk_z" ]; then echo "unknown rebooted"; return; fi
    if evk_lives "$evk_d"; then echo running; return; fi
    if [ ! -s "$evk_d/rc" ]; then echo "unknown vanished"; return; fi
  fi
  evk_x=; [ ! -f "$evk_d/ended" ] || read -r evk_x <"$evk_d/ended"
  read -r evk_y <"$evk_d/rc"; echo "done $evk_y $evk_x"
}
evk_alarm() { # tenths: wakes the shell after so long, and again until it has heard
  while sleep "0.$1" 2>/dev/null || sleep 1; do kill -USR1 $$ || exit; done
}
evk_wait() { # id tenths: until it is over, or so long; then says how it stands, and how much it has printed by now
  evk_d=$evk_s/jobs/$1 evk_q=0
  [ -d "$evk_d" ] || { echo absent; return; }
  [ ! -s "$evk_d/pid" ] || read -r evk_q evk_y <"$evk_d/pid"
  evk_is_over "$evk_d" || evk_pause "$2"
  if evk_is_over "$evk_d"; then evk_forget "$1"; else evk_end_late "$1"; fi
  # In this order: what is over prints no more.
  evk_tell "$1"
  evk_look
  evk_tell_output
}
evk_pause() { # tenths
  case " $evk_own " in *" $evk_q "*) ;; *)
    for evk_f in 1 2; do
      evk_lives "$evk_d" || return
      sleep 0.2 2>/dev/null || sleep 1
      ! evk_is_over "$evk_d" || return
    done
    return ;;
  esac
  (evk_alarm "$1") </dev/null >/dev/null 2>&1 &
  evk_t=$!
  evk_is_over "$evk_d" || wait "$evk_q"
  { kill "$evk_t"; wait "$evk_t"; } 2>/dev/null
}
evk_end_late() { # id
  evk_now
  read -r evk_until evk_x 2>/dev/null <"$evk_d/limits" || return 0
  [ "$evk_up" -lt "$evk_until" ] || evk_end "$1" deadline
}
evk_kin() { # id: every process of a job but its supervisor, whatever it did to get away; with AFTER_OF: of what comes after it
  evk_d=$evk_s/jobs/$1
  evk_q=0; [ ! -s "$evk_d/pid" ] || read -r evk_q evk_y <"$evk_d/pid"
  {
    grep -ls "EVENKEEL_${2:-JOB}=$1" /proc/[0-9]*/environ
    [ -n "$2" ] || for evk_f in /proc/[0-9]*/stat; do
      read -r evk_x 2>/dev/null <"$evk_f" || continue
      evk_x="${evk_x##*) }"; evk_x="${evk_x#* }"; evk_x="${evk_x#* }"; evk_x="${evk_x#* }"
      [ "${evk_x%% *}" != "$evk_q" ] || echo "$evk_f"
    done
  } | while read -r evk_f; do
    evk_f="${evk_f#/proc/}"; evk_f="${evk_f%/*}"
    [ "$evk_f" = "$evk_q" ] || [ "$evk_f" = $$ ] || echo "$evk_f"
  done
}
evk_end() { # id why: ends the whole tree, politely, then not. What comes after it may take five seconds
  evk_d=$evk_s/jobs/$1 evk_w=
  [ -d "$evk_d" ] && ! evk_is_over "$evk_d" || return 0
  if [ ! -s "$evk_d/rc" ]; then printf '%s\n' "$2" >"$evk_d/ended"
  else
    evk_now; evk_w=AFTER_OF
    read -r evk_y <"$evk_d/after" && [ $((evk_up - evk_y)) -ge 5 ] || return 0
  fi
  for evk_g in TERM TERM KILL KILL; do
    evk_k="$(evk_kin "$1" $evk_w | sort -u)"
    [ -n "$evk_k" ] || break
    kill -s "$evk_g" $evk_k 2>/dev/null
    for evk_f in 1 2 3 4 5; do
      [ -n "$(evk_kin "$1" $evk_w)" ] || break 2
      sleep 0.2 2>/dev/null || sleep 1
    done
  done
  evk_is_over "$evk_d" || sleep 0.1 2>/dev/null || sleep 1
}
evk_linger() { # the wire is gone, or never mattered: jobs have some time for somebody to ask for them
  exec </dev/null >/dev/null 2>&1
  trap '' HUP
  evk_now; evk_0=$evk_up evk_before=0
  while [ -n "$evk_jobs" ]; do
    evk_left= evk_all=0
    for evk_j in $evk_jobs; do
      evk_d=$evk_s/jobs/$evk_j
      read -r evk_y <"$evk_d/keeper" && [ "$evk_y" = $$ ] || continue
      evk_look; evk_all=$((evk_all + ${evk_sizes% *} + ${evk_sizes#* }))
      ! evk_is_over "$evk_d" && evk_lives "$evk_d" || continue
      read -r evk_until evk_grace evk_x <"$evk_d/limits"
      evk_now
      if [ "$evk_up" -ge "$evk_until" ]; then evk_end "$evk_j" deadline
      elif [ "$evk_grace" != leave ] && [ $((evk_up - evk_0)) -ge "$evk_grace" ]; then evk_end "$evk_j" lost
      else evk_left="$evk_left $evk_j"; continue; fi
      [ ! -e "$evk_d/after" ] || evk_left="$evk_left $evk_j"
    done
    evk_jobs=$evk_left
    [ -n "$evk_jobs" ] || break
    if [ $((evk_all - evk_before)) -gt 4194304 ]; then sleep 0.1 2>/dev/null || sleep 1; else sleep 1; fi
    evk_before=$evk_all
  done
}
