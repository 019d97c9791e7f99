# Only files that are too long to be shown are asked about.
for evk_p; do
  shift
  if [ -f "$evk_p" ] && [ ! -L "$evk_p" ]; then set -- "$@" "$evk_p"; else set -- "$@" /; fi
done
evk_any= evk_sizes=$(stat -c %s -- "$@" 2>/dev/null) || exit 0
for evk_size in $evk_sizes; do
  evk_p=$1; shift
  if [ "$evk_size" -lt "$evk_least" ] || [ "$evk_p" = / ]; then evk_p=; else evk_any=1; fi
  set -- "$@" "$evk_p"
done
[ -n "$evk_any" ] || exit 0
