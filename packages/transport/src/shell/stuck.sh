# Ends whatever a shell waits for: what came of it, but for jobs, which lead sessions of their own.
evk_unstick() { # pid
  read -r evk_x <"/proc/$1/stat" || return 0
  evk_split; evk_ours=$evk_sid evk_kin=" $1 " evk_more=1
  while [ -n "$evk_more" ]; do
    evk_more=
    for evk_f in /proc/[0-9]*/stat; do
      read -r evk_x 2>/dev/null <"$evk_f" || continue
      evk_split
      [ "$evk_sid" = "$evk_ours" ] || continue
      case $evk_kin in *" $evk_pid "*) continue ;; esac
      case $evk_kin in *" $evk_parent "*) evk_kin="$evk_kin$evk_pid " evk_more=1 ;; esac
    done
  done
  kill -9 ${evk_kin#" $1 "}
}
evk_split() {
  evk_pid=${evk_x%% *}
  evk_x=${evk_x##*) }; evk_x=${evk_x#* }; evk_parent=${evk_x%% *}
  evk_x=${evk_x#* }; evk_x=${evk_x#* }; evk_sid=${evk_x%% *}
}
