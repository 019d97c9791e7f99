# What is said to git in every script. These come before: tool, repo, version, remote, bare, update, submodules, archive,
# prefix, GIT_SSH_COMMAND. It puts no question, and waits for no silent server.
export GIT_SSH_COMMAND GIT_TERMINAL_PROMPT=0 GIT_HTTP_LOW_SPEED_LIMIT=1 GIT_HTTP_LOW_SPEED_TIME=30 LC_ALL=C
evk_git() { "$tool" -c core.fsmonitor=false "$@"; }
evk_in() { evk_git -C "$dest" "$@"; }
# The branch that is checked out, or that the repository's HEAD was when it was cloned.
evk_current() {
  evk_y=$(evk_in symbolic-ref -q --short HEAD) || evk_y=$(evk_in symbolic-ref -q --short "refs/remotes/$remote/HEAD")
  printf '%s' "${evk_y#"$remote/"}"
}
evk_pack() {
  case $archive in *.zip) evk_f=zip ;; *.gz | *.tgz) evk_f=tar.gz ;; *) evk_f=tar ;; esac
  evk_in archive --format "$evk_f" ${prefix:+--prefix "$prefix"} "$version"
}
