# What lies at a folder, and what its repository has. git-words.sh comes before, and evk_ls, which asks the repository
# for what the version may be called. Nothing is written: no index is refreshed, no host key is kept.
evk_say() { printf '%s %s\n' "$1" "$2"; }
evk_problem() { evk_say problem "$(printf '%s' "$*" | tr '\n' ' ')"; }
evk_look() { # folder
  dest=$1
  if [ -n "$bare" ]; then evk_dot=$dest; else evk_dot=$dest/.git; fi
  evk_is=
  if [ -e "$evk_dot/config" ] || { [ -z "$bare" ] && [ -f "$evk_dot" ]; }; then evk_is=1; evk_say state checkout
  elif [ ! -e "$dest" ] && [ ! -L "$dest" ]; then evk_say state missing
  elif [ -d "$dest" ] && [ -z "$(ls -A "$dest")" ]; then evk_say state missing; evk_say empty yes
  else evk_say state other; fi
  command -v "$tool" >/dev/null 2>&1 || { evk_say tool missing; return; }
  evk_branch=
  [ -z "$evk_is" ] || evk_local || return
  [ -n "$update" ] || [ -z "$evk_is" ] || return
  evk_remote
  [ -z "$bare" ] || [ -z "$evk_is" ] || evk_stale_refs
}
evk_local() {
  evk_x=$(evk_in rev-parse --absolute-git-dir 2>&1) || { evk_problem "$evk_x"; return 1; }
  evk_say folder "$evk_x"
  evk_x=$(evk_in rev-parse -q --verify HEAD) && evk_say commit "$evk_x"
  evk_x=$(evk_in symbolic-ref -q --short HEAD) && evk_say branch "$evk_x"
  evk_branch=$(evk_current)
  evk_x=$(evk_in ls-remote --get-url "$remote") && evk_say url "$evk_x"
  [ -n "$bare" ] || [ -z "$(evk_in status --porcelain --untracked-files=no --ignore-submodules=all)" ] || evk_say modified yes
  [ "$submodules" = none ] || [ ! -f "$dest/.gitmodules" ] || ! evk_stale_submodules || evk_say submodules stale
  [ -z "$archive" ] || evk_stale_archive
}
evk_stale_submodules() {
  if [ "$submodules" = pinned ]; then evk_in submodule status --recursive | grep -q '^[^ ]'; return; fi
  evk_in submodule status | grep -q '^-' && return
  [ -n "$(evk_in submodule --quiet foreach '
    evk_b=$(git config -f "$toplevel/.gitmodules" "submodule.$name.branch") && evk_b=refs/heads/$evk_b || evk_b=HEAD
    set -- $(git ls-remote origin "$evk_b"); [ "$1" = "$(git rev-parse HEAD)" ] || echo stale')" ]
}
evk_stale_archive() {
  if [ ! -e "$archive" ]; then evk_say archive missing
  elif evk_pack 2>/dev/null | cmp -s - "$archive"; then evk_say archive fresh
  else evk_say archive stale; fi
}
# For a clone, HEAD is the repository's; for what is there, the branch that is checked out.
evk_remote() {
  if [ "$version" != HEAD ]; then evk_x=$(evk_ls 2>&1)
  elif [ -n "$evk_branch" ]; then evk_x=$(evk_git ls-remote -- "$repo" "refs/heads/$evk_branch" 2>&1)
  else evk_x=$(evk_git ls-remote --symref -- "$repo" HEAD 2>&1); fi || { evk_problem "$evk_x"; return; }
  printf '%s\n' "$evk_x" | sed 's/^/offer /'
}
evk_stale_refs() {
  evk_x=$(evk_git ls-remote --heads --tags --refs -- "$repo" 2>/dev/null | tr '\t' ' ' | sort)
  [ "$evk_x" = "$(evk_in for-each-ref --format='%(objectname) %(refname)' refs/heads refs/tags | sort)" ] || evk_say refs stale
}
