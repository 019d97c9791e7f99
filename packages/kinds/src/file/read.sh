# What is there at the given paths, in as few processes as can be, however many paths: stat, sums, contents, links.
# `set -- path …` comes before, and evk_least and evk_most: how long a file must be, and may be, for its content to be shown.
# The answer:
#   a word of letters, one for each path: f file, s file of a name that sums escape, u file that is not read, d folder, l link,
#     o other, a absent, A absent in a folder that is there, n not asked
#   a line of who asks; a line for each path: size:bits:uid:gid:device:inode:owner:group (of A its folder's, of a and n the root's)
#   a line for each f, then each s: its sum
#   where the links point, each followed by NUL; then the contents that are shown, one after the other
evk_nl='
'
evk_i=0 evk_letters= evk_word= evk_args=
for evk_p; do
  evk_i=$((evk_i + 1)) evk_a="\"\${$evk_i}\""
  if [ -z "$evk_p" ]; then evk_l=n evk_a=/
  elif [ -L "$evk_p" ]; then evk_l=l
  elif [ -f "$evk_p" ]; then
    evk_l=f
    case $evk_p in *\\* | *"$evk_nl"*) evk_l=s ;; esac
    [ -r "$evk_p" ] && [ -z "$evk_bare" ] || evk_l=u
  elif [ -d "$evk_p" ]; then evk_l=d
  elif [ -e "$evk_p" ]; then evk_l=o
  elif [ -d "${evk_p%/*}/" ]; then evk_l=A evk_a="\"\${$evk_i%/*}/\""
  else evk_l=a evk_a=/; fi
  evk_letters="$evk_letters $evk_l" evk_word=$evk_word$evk_l evk_args="$evk_args $evk_a"
done
printf '%s\n' "$evk_word"
eval "set -- $evk_args"
# When something goes away while we look, each is asked on its own.
evk_each() { # a command; each of the paths
  evk_command=$1; shift
  for evk_p; do $evk_command "$evk_p" 2>/dev/null || echo gone; done
}
evk_stat='stat -c %s:%f:%u:%g:%d:%i:%U:%G --'
evk_stats=$($evk_stat /proc/self/. "$@" 2>/dev/null) || evk_stats=$(evk_each "$evk_stat" /proc/self/. "$@")
printf '%s\n' "$evk_stats"
evk_of() { # letter, command, and all paths: the command is given the paths of that letter
  evk_which=$1 evk_do=$2 evk_i=0 evk_args=; shift 2
  for evk_l in $evk_letters; do
    evk_i=$((evk_i + 1))
    [ "$evk_l" != "$evk_which" ] || evk_args="$evk_args \"\${$evk_i}\""
  done
  [ -z "$evk_args" ] || eval "$evk_do $evk_args"
}
evk_sums() {
  evk_out=$(sha256sum -- "$@" 2>/dev/null) || evk_out=$(evk_each 'sha256sum --' "$@")
  printf '%s\n' "$evk_out"
}
evk_sum_apart() { for evk_p; do sha256sum <"$evk_p" || echo gone; done; }
evk_links() { readlink -z -- "$@" 2>/dev/null || for evk_p; do printf '%s\0' "$(readlink "$evk_p")"; done; }
evk_contents() { # of all paths
  evk_rest="u$evk_letters " evk_i=-1 evk_args=
  for evk_line in $evk_stats; do
    evk_i=$((evk_i + 1)) evk_l=${evk_rest%% *} evk_rest=${evk_rest#* }
    case $evk_l$evk_line in [fs][0-9]*) ;; *) continue ;; esac
    evk_line=${evk_line%%:*}
    [ "$evk_line" -lt "$evk_least" ] || [ "$evk_line" -gt "$evk_most" ] || evk_args="$evk_args \"\${$evk_i}\""
  done
  [ -z "$evk_args" ] || eval "cat -- $evk_args" 2>/dev/null
}
evk_of f evk_sums "$@"
evk_of s evk_sum_apart "$@"
evk_of l evk_links "$@"
set -f; IFS=$evk_nl
evk_contents "$@"
:
