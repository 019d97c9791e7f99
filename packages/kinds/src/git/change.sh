# Brings $dest to a commit of $repo. git-words.sh comes before, and what is wanted: commit (none: whatever the version is
# by then), sort (branch, tag, commit; none: to be asked), depth, single, reference, separate, force, refspec, verify, allow, mask.
set -e
[ -z "$mask" ] || umask "$mask"
command -v "$tool" >/dev/null 2>&1 || { echo "$tool is not installed on this host" >&2; exit 3; }
if [ -n "$bare" ]; then evk_dot=$dest; else evk_dot=$dest/.git; fi
if [ "$version" = HEAD ]; then sort=branch
elif [ -z "$sort" ]; then
  if [ -n "$(evk_git ls-remote -- "$repo" "refs/heads/$version")" ]; then sort=branch
  elif [ -n "$(evk_git ls-remote -- "$repo" "refs/tags/$version")" ]; then sort=tag
  else sort=commit; fi
fi
evk_shallow=
[ -z "$depth" ] || { [ -z "$refspec" ] && [ "$sort" = commit ]; } || evk_shallow="--depth=$depth"
evk_clone() {
  mkdir -p "$(dirname -- "$dest")"
  set -- clone $evk_shallow
  if [ -n "$bare" ]; then set -- "$@" --bare; else set -- "$@" --origin "$remote"; fi
  if [ "$version" != HEAD ] && [ "$sort" != commit ] && { [ -n "$single" ] || { [ -n "$evk_shallow" ] && [ -z "$refspec" ]; }; }; then
    set -- "$@" --branch "$version"
  fi
  [ -z "$single" ] || set -- "$@" --single-branch
  [ -z "$reference" ] || set -- "$@" --reference "$reference"
  [ -z "$separate" ] || set -- "$@" --separate-git-dir="$separate"
  evk_git "$@" -- "$repo" "$dest"
  [ -z "$bare" ] || [ "$remote" = origin ] || evk_in remote add "$remote" "$repo"
  [ -z "$refspec" ] || evk_in fetch $evk_shallow "$remote" "$refspec"
}
evk_move() {
  [ ! -e "$separate" ] || { echo "$separate is there already: the repository cannot be moved to it" >&2; exit 6; }
  mv -- "$evk_old" "$separate" && printf 'gitdir: %s' "$separate" >"$dest/.git"
}
evk_update() {
  if [ -n "$separate" ]; then
    evk_old=$(evk_in rev-parse --absolute-git-dir)
    [ "$evk_old" = "$separate" ] || evk_move
  fi
  [ -z "$force" ] || [ -n "$bare" ] || evk_in reset --hard HEAD
  if evk_x=$(evk_in config --get "remote.$remote.url"); then
    [ "$evk_x" = "$repo" ] || evk_in remote set-url "$remote" "$repo"
  else evk_in remote add "$remote" "$repo"; fi
  set -- fetch ${force:+--force} $evk_shallow
  if [ -n "$bare" ]; then set -- "$@" "$remote" '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*' ${refspec:+"$refspec"}
  elif [ -z "$evk_shallow" ]; then set -- "$@" --tags "$remote" ${refspec:+"$refspec"}
  elif [ -n "$refspec" ]; then set -- "$@" "$remote" "$refspec"
  elif [ "$sort" = tag ]; then set -- "$@" "$remote" "+refs/tags/$version:refs/tags/$version"
  else evk_b=$(evk_wanted_branch); set -- "$@" "$remote" "+refs/heads/$evk_b:refs/remotes/$remote/$evk_b"; fi
  evk_in "$@"
}
evk_wanted_branch() { if [ "$version" = HEAD ]; then evk_current; else printf '%s' "$version"; fi; }
evk_has() { evk_in cat-file -e "$1^{commit}" 2>/dev/null; }
# Exactly the commit that was planned, even if the branch has moved on since: the next run takes what has come then.
evk_switch() {
  if [ "$sort" != branch ]; then
    evk_has "$version" || evk_in fetch $evk_shallow "$remote" "$version"
    evk_in checkout --force "$version" --
    return
  fi
  evk_b=$(evk_wanted_branch)
  [ -n "$evk_b" ] && { evk_has "refs/remotes/$remote/$evk_b" || evk_in fetch $evk_shallow "$remote" "+refs/heads/$evk_b:refs/remotes/$remote/$evk_b"; } ||
    { [ -z "$(evk_in for-each-ref --count=1)" ] && return; }
  if evk_has "refs/heads/$evk_b"; then evk_in checkout --force "$evk_b" --
  else
    evk_in checkout --force --no-track -b "$evk_b" "refs/remotes/$remote/$evk_b" --
    evk_in branch --quiet --set-upstream-to "$remote/$evk_b" 2>/dev/null || : # a clone of one branch follows no other
  fi
  [ -z "$commit" ] || evk_has "$commit" || evk_in fetch $evk_shallow "$remote" "$commit" ||
    { echo "$version was $commit when this was planned, and the repository has that no more: run it again" >&2; exit 4; }
  evk_in reset --hard "${commit:-$remote/$evk_b}" --
}
evk_verify() {
  evk_x=verify-commit
  [ "$(evk_in cat-file -t "$version" 2>/dev/null)" != tag ] || evk_x=verify-tag
  evk_y=$(evk_in "$evk_x" ${allow:+--raw} "$version" 2>&1) ||
    { printf '%s\n' "$evk_y" >&2; echo "the signature of $version cannot be verified" >&2; exit 5; }
  [ -n "$allow" ] || return 0
  set -- $(printf '%s\n' "$evk_y" | grep ' VALIDSIG ')
  if [ $# -ge 12 ]; then shift 11; else shift 2; fi
  case " $allow " in
    *" $1 "*) ;;
    *) echo "$version is signed with $1, which is none of those allowed: $allow" >&2; exit 5 ;;
  esac
}
evk_submodules() {
  [ "$submodules" != none ] && [ -f "$dest/.gitmodules" ] || return 0
  evk_x=; [ "$submodules" != tracked ] || evk_x=--remote
  evk_in submodule sync --recursive
  evk_in submodule update --init --recursive $evk_x ${force:+--force}
}
case $do in
  verify) evk_verify ;;
  archive) evk_new=$(mktemp "$archive.XXXXXX") && chmod "$(printf %o $((0666 & ~$(umask))))" "$evk_new" && evk_pack >"$evk_new" && mv -f -- "$evk_new" "$archive" || { rm -f -- "$evk_new"; exit 1; } ;;
  *)
    if [ -e "$evk_dot/config" ] || { [ -z "$bare" ] && [ -f "$evk_dot" ]; }; then evk_update; else evk_clone; fi
    [ -n "$bare" ] || evk_switch
    [ -z "$verify" ] || evk_verify
    [ -n "$bare" ] || evk_submodules ;;
esac
