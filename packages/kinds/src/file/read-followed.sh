# Only links are asked about, as what they lead to in the end.
evk_any=
for evk_p; do
  shift
  if [ -L "$evk_p" ]; then evk_any=1; set -- "$@" "$(readlink -f -- "$evk_p")"; else set -- "$@" ""; fi
done
[ -n "$evk_any" ] || exit 0
