# A host's records of jobs lie in one folder each. A folder that bears a job's id is complete, and its job was started:
#   boot    the boot it was started in, and   pid     its supervisor, and when that was started
#           the shell that did so
#   out err what it printed                   out.cut err.cut how much of that was thrown away
#   rc      how it ended                      ended   why we ended it, if we did
#   after   there while `after` is at work    keeper  the shell that looks after it
#   limits  until when it may run, for how long alone, and when it began, in seconds since the boot
evk_place() {
  if [ "$(id -u)" = 0 ]; then evk_s=/var/lib/evenkeel
  elif [ -n "$HOME" ] && [ -w "$HOME" ]; then evk_s=$HOME/.local/state/evenkeel
  else evk_s=/var/tmp/evenkeel-$(id -u); fi
}
evk_is_ours() { [ ! -L "$evk_s" ] && [ -O "$evk_s" ]; }
evk_now() { read -r evk_up evk_x </proc/uptime; evk_up=${evk_up%.*}; }
evk_lives() { # folder: is its supervisor alive, or about to be?
  if [ ! -s "$1/pid" ]; then read -r evk_x evk_y 2>/dev/null <"$1/boot" && [ -d "/proc/$evk_y" ]; return; fi
  read -r evk_q evk_y <"$1/pid" && [ -r "/proc/$evk_q/stat" ] &&
    read -r evk_x <"/proc/$evk_q/stat" && set -- ${evk_x##*) } && [ "$1" != Z ] && shift 19 && [ "$1" = "$evk_y" ]
}
evk_is_over() { [ -s "$1/rc" ] && { [ ! -e "$1/after" ] || ! evk_lives "$1"; }; } # folder
evk_list() { # the time, in seconds since the boot; then of each job that runs: its id, whether it has ended, its beginning
  evk_place
  evk_now; echo "$evk_up"
  [ -d "$evk_s/jobs" ] && evk_is_ours || return 0
  read -r evk_z </proc/sys/kernel/random/boot_id
  for evk_d in "$evk_s"/jobs/*; do
    [ ! -s "$evk_d/rc" ] || [ -e "$evk_d/after" ] || continue
    read -r evk_y evk_x 2>/dev/null <"$evk_d/boot" && [ "$evk_y" = "$evk_z" ] && evk_lives "$evk_d" || continue
    evk_w=running; [ ! -s "$evk_d/rc" ] || evk_w=ending
    read -r evk_x evk_y evk_0 2>/dev/null <"$evk_d/limits" || evk_0=$evk_up
    echo "${evk_d##*/} $evk_w $evk_0"
  done
}
