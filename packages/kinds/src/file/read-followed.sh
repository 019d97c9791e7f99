# Only links are asked about, as what they lead to in the end.
evk_i=0 evk_any= evk_args=
for evk_p; do
  evk_i=$((evk_i + 1))
  if [ -L "$evk_p" ]; then evk_any=1 evk_args="$evk_args \"\$(readlink -f -- \"\${$evk_i}\")\""; else evk_args="$evk_args ''"; fi
done
[ -n "$evk_any" ] || exit 0
eval "set -- $evk_args"
