# with_host yes|no NAME ID: whether a release starts with the host. These are the links of `systemctl enable`, which would also have
# systemd read all of its units again: that takes longer than all the rest of a rollback.
with_host() {
  for link in "multi-user.target.wants/$2@$3.service" "sockets.target.wants/$2@$3.socket"; do
    link=/etc/systemd/system/$link
    if [ "$1" = no ]; then rm -f "$link"; continue; fi
    mkdir -p "${link%/*}" && ln -sfT "/etc/systemd/system/${link##*/}" "$link" || return
  done
}
