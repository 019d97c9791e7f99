# A tree as lines: type and mode, owner and group as asked for, name; then files' sums; then links' targets.
evk_tree() { # folder format
  cd -- "$1" || return
  {
    find . -mindepth 1 -print0 | xargs -0 -r stat -c "$2"
    find . -type f -print0 | xargs -0 -r sha256sum
    find . -type l -exec sh -c 'for l; do printf "> %s %s\n" "$l" "$(readlink "$l")"; done' evenkeel-tree {} +
  } | sort
}
evk_compare() { # folder format digest: says `same`, or what is there
  [ ! -L "$1" ] || { echo link; return; }
  [ -e "$1" ] || { echo absent; return; }
  [ -d "$1" ] || { echo other; return; }
  evk_all=$(evk_tree "$1" "$2" </dev/null)
  evk_got=$(printf '%s\n' "$evk_all" | sha256sum)
  if [ "${evk_got%% *}" = "$3" ]; then echo same; else echo differs; printf '%s\n' "$evk_all" | gzip -1c; fi
  evk_all=
}
evk_pieces() { # bytes of the wire in pieces, each with its length before it, until one of none: fails when that does not come
  while read -r evk_i; do [ "$evk_i" -gt 0 ] || return 0; evk_take "$evk_i"; done
  return 1
}
evk_unpack() { # top: into a folder that only we can enter, beside it; the pieces are taken whatever happens
  evk_dir=${1%/*}; evk_dir=${evk_dir:-/}
  evk_make_box "$evk_dir" || { evk_pieces >/dev/null; evk_fail no-temp "$evk_dir"; return; }
  mkdir "$evk_box/new"
  evk_got=$({ evk_pieces && : >"$evk_box/whole"; } | { gzip -dc | { tar -xpf - -C "$evk_box/new" && echo ok; }; cat >/dev/null; })
  [ "$evk_got" = ok ] && [ -e "$evk_box/whole" ] || evk_fail content "$evk_dir"
}
