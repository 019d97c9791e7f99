# All that is known of some paths. `set -- path …` comes before, and evk_sum (a program, or empty), evk_stat (how stat is
# called), evk_mime and evk_flags (1, or empty). The answer: a word of letters (a absent, l link, f file that can be read,
# o other), with what may be done with each (rwx, or -) on a line of its own; a line of stat for each that is there; then of
# links where they point and lead to, each followed by NUL; a line; sums; a line; what `file` says; a line; what `lsattr` says
evk_i=0 evk_all= evk_files= evk_links= evk_word= evk_may=
for evk_p; do
  evk_i=$((evk_i + 1)) evk_l=o
  if [ -L "$evk_p" ] && [ "$evk_stat" = "${evk_stat#*-L}" ]; then evk_l=l evk_links="$evk_links \"\${$evk_i}\""
  elif [ ! -e "$evk_p" ]; then evk_word=${evk_word}a; continue
  elif [ -f "$evk_p" ] && [ -r "$evk_p" ]; then evk_l=f evk_files="$evk_files \"\${$evk_i}\""; fi
  evk_word=$evk_word$evk_l evk_all="$evk_all \"\${$evk_i}\""
  if [ -r "$evk_p" ]; then evk_m=r; else evk_m=-; fi
  if [ -w "$evk_p" ]; then evk_m=${evk_m}w; else evk_m=$evk_m-; fi
  if [ -x "$evk_p" ]; then evk_m=${evk_m}x; else evk_m=$evk_m-; fi
  evk_may="$evk_may$evk_m
"
done
printf '%s\n%s' "$evk_word" "$evk_may"
[ -n "$evk_all" ] || exit 0
eval "$evk_stat -c '%f:%u:%g:%s:%i:%d:%h:%.9X:%.9Y:%.9Z:%X:%Y:%Z:%b:%o:%t:%T:%U:%G' -- $evk_all" || exit
evk_lead() { for evk_p; do printf '%s\0%s\0' "$(readlink -- "$evk_p")" "$(readlink -f -- "$evk_p")"; done; }
[ -z "$evk_links" ] || eval "evk_lead $evk_links"
echo
[ -z "$evk_sum" ] || [ -z "$evk_files" ] || eval "$evk_sum -- $evk_files"
echo
[ -z "$evk_mime" ] || ! command -v file >/dev/null || eval "file -b --mime-type --mime-encoding -- $evk_all"
echo
[ -z "$evk_flags" ] || ! command -v lsattr >/dev/null || eval "lsattr -vd -- $evk_all" 2>/dev/null
:
