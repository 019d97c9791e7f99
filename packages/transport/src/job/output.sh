# What a job printed, in files. A flood must not fill the disk, nor stay on it: of more than 64 MiB the first and the last
# 16 MiB are kept. `.cut` says from where to where nothing is left, and how far what follows has moved. Where the disk
# gives nothing back out of the middle of a file that is being written, all so far goes but copies of its first and last MiB.
evk_part=16777216
evk_look() { # evk_d: cuts what floods. evk_sizes: how much was ever printed, on stdout and on stderr
  evk_sizes='0 0'
  [ -s "$evk_d/out" ] || [ -s "$evk_d/err" ] || [ -e "$evk_d/out.cut" ] || [ -e "$evk_d/err.cut" ] || return 0
  evk_done=; ! evk_is_over "$evk_d" || evk_done=1
  set -- $(stat -c %s "$evk_d/out" "$evk_d/err")
  evk_cut "$evk_d/out" "${1:-0}"; evk_sizes=$evk_size
  evk_cut "$evk_d/err" "${2:-0}"; evk_sizes="$evk_sizes $evk_size"
}
evk_cut() { # file size
  evk_f=$1
  [ -z "$evk_done" ] || [ ! -e "$1.tail" ] || { evk_rejoin "$2"; set -- "$1" "$(wc -c <"$1")"; }
  evk_read_cut "$1"
  evk_size=$((evk_moved + $2))
  [ $(($2 - evk_to + evk_moved)) -gt 67108864 ] || return 0
  evk_x=$(($2 - evk_part))
  if [ "$evk_moved" -eq 0 ] && fallocate -p -o $evk_part -l $((evk_x - evk_part)) "$evk_f" 2>/dev/null; then
    echo "$evk_part $evk_x 0" >"$evk_f.cut"
  elif [ -z "$evk_done" ]; then
    [ "$evk_moved" -ne 0 ] || { head -c 1048576 "$evk_f" >"$evk_f.head" && evk_from=1048576; } || rm -f "$evk_f.head"
    tail -c 1048576 "$evk_f" >"$evk_f.tail"; : >"$evk_f"
    echo "$evk_from $evk_size $evk_size" >"$evk_f.cut"
  elif [ "$evk_moved" -eq 0 ]; then
    { head -c $evk_part "$evk_f"; tail -c $evk_part "$evk_f"; } >"$evk_f.new" && echo "$evk_part $evk_x $((evk_x - evk_part))" >"$evk_f.cut" && mv "$evk_f.new" "$evk_f"
  else
    tail -c $evk_part "$evk_f" >"$evk_f.new" && evk_x=$((evk_moved + evk_x)) && echo "$evk_from $evk_x $evk_x" >"$evk_f.cut" && mv "$evk_f.new" "$evk_f"
  fi
}
evk_rejoin() { # size: it is over, and what came after the last cut may be less than what is to be kept
  evk_read_cut "$evk_f"
  evk_x=$((evk_moved - $(wc -c <"$evk_f.tail")))
  [ "$1" -ge $evk_part ] || { cat "$evk_f.tail" "$evk_f" >"$evk_f.new" && echo "$evk_from $evk_x $evk_x" >"$evk_f.cut" && mv "$evk_f.new" "$evk_f"; }
  rm "$evk_f.tail"
}
evk_read_cut() { evk_from=0 evk_to=0 evk_moved=0; [ ! -s "$1.cut" ] || read -r evk_from evk_to evk_moved <"$1.cut"; }
evk_tell_output() {
  echo "size $evk_sizes"
  for evk_f in out err; do
    evk_read_cut "$evk_d/$evk_f"
    [ "$evk_to" -eq 0 ] || echo "cut $evk_f $evk_from $evk_to"
  done
}
evk_read() { # file offset most, counted as if nothing had been cut
  [ -s "$1" ] || [ -e "$1.head" ] || return 0
  evk_read_cut "$1"
  evk_x=$2 evk_y=$3
  if [ "$evk_x" -lt "$evk_from" ]; then
    [ "$evk_y" -le $((evk_from - evk_x)) ] || evk_y=$((evk_from - evk_x))
    [ ! -e "$1.head" ] || set -- "$1.head"
  else
    [ "$evk_x" -ge "$evk_to" ] || evk_x=$evk_to
    evk_x=$((evk_x - evk_moved))
  fi
  if [ "$evk_x" -eq 0 ]; then head -c "$evk_y" "$1"; else tail -c +$((evk_x + 1)) "$1" | head -c "$evk_y"; fi
}
