# The files of a folder: `absent`, or `present` and for each its name, NUL, its size, a line feed and what is in it; then NUL.
evk_fragments() {
  if [ ! -d "$1" ]; then echo absent; return; fi
  echo present
  for evk_p in "${1%/}"/* "${1%/}"/.*; do
    [ -f "$evk_p" ] || continue
    evk_size=$(wc -c <"$evk_p") || continue
    printf '%s\0%s\n' "${evk_p##*/}" "${evk_size##* }"
    head -c "${evk_size##* }" -- "$evk_p"
  done
  printf '\0'
}
