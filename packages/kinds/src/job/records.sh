# Reads the records of jobs that the transport leaves on a host; see its README.
if [ "$(id -u)" = 0 ]; then evk_s=/var/lib/evenkeel
elif [ -n "$HOME" ] && [ -w "$HOME" ]; then evk_s=$HOME/.local/state/evenkeel
else evk_s=/var/tmp/evenkeel-$(id -u); fi
evk_tell() { # id: absent, running, `ended CODE`, or lost with the host's last boot or with its supervisor
  evk_d=$evk_s/jobs/$1
  [ -d "$evk_d" ] || { echo absent; return; }
  if [ -s "$evk_d/rc" ]; then read -r evk_x <"$evk_d/rc"; echo "ended $evk_x"; return; fi
  read -r evk_x evk_y <"$evk_d/boot"; read -r evk_z </proc/sys/kernel/random/boot_id
  if [ "$evk_x" != "$evk_z" ]; then echo lost
  elif [ ! -s "$evk_d/pid" ]; then echo running
  elif read -r evk_x evk_y <"$evk_d/pid" && read -r evk_z 2>/dev/null <"/proc/$evk_x/stat" && set -- ${evk_z##*) } && [ "$1" != Z ] && shift 19 && [ "$1" = "$evk_y" ]; then echo running
  elif [ -s "$evk_d/rc" ]; then read -r evk_x <"$evk_d/rc"; echo "ended $evk_x"
  else echo lost; fi
}
