# What is below a folder: evk_find FOLDER CONDITION…, with evk_follow (-L, or empty), evk_depth (-maxdepth N, or empty),
# evk_sum (a program, or empty) and evk_contents (1, or empty). Prints `absent` and two NUL, or
#   what time it is there and NUL; for each batch its lines of stat, then its paths, each followed by NUL; an empty one;
#   lines of sums and NUL; for each file its path, NUL, its size, a line feed and what is in it; an empty path
evk_find() {
  if [ ! -d "$1" ]; then printf 'absent\0'; return; fi
  date +%s | tr '\n' '\0'
  evk_top=${1%/}/; shift
  find $evk_follow "$evk_top" -mindepth 1 $evk_depth "$@" -exec sh -c "$evk_batch" evenkeel-find {} + 2>/dev/null
  printf '\0'
  [ -z "$evk_sum" ] || find $evk_follow "$evk_top" -mindepth 1 $evk_depth -type f "$@" -exec "$evk_sum" -- {} + 2>/dev/null
  printf '\0'
  [ -z "$evk_contents" ] || find $evk_follow "$evk_top" -mindepth 1 $evk_depth -type f -size -8388609c "$@" -exec sh -c "$evk_pour" evenkeel-find {} + 2>/dev/null
  printf '\0'
}
evk_batch='
format=%f:%u:%g:%s:%i:%d:%h:%.9X:%.9Y:%.9Z:%X:%Y:%Z:%b:%o:%t:%T:%U:%G
all=$(stat -c "$format" -- "$@") && printf "%s\n" "$all" && printf "%s\0" "$@" && exit
for p; do all=$(stat -c "$format" -- "$p") && printf "%s\n%s\0" "$all" "$p"; done'
evk_pour='for p; do size=$(wc -c <"$p") && printf "%s\0%s\n" "$p" "${size##* }" && head -c "${size##* }" -- "$p"; done'
