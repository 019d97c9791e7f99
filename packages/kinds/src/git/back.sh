# Brings $dest back to where it was. git-words.sh comes before, and what was: was_commit, was_branch, was_url, and new, a
# branch that was not there.
set -e
[ -z "$was_url" ] || evk_in remote set-url "$remote" "$was_url"
if [ -n "$bare" ]; then [ -z "$was_commit" ] || evk_in update-ref HEAD "$was_commit"; exit; fi
evk_in checkout --force "${was_branch:-$was_commit}" --
evk_in reset --hard "$was_commit" --
[ "$submodules" = none ] || [ ! -f "$dest/.gitmodules" ] || evk_in submodule update --init --recursive --force
