# Prints how a host is: a line for each path, package, account, unit. What differs from host to host by chance (keys, salts,
# caches, the order of copies that tools keep of what they change) is told without its content, or not at all.
export LC_ALL=C
kept='/etc /home /opt /root /srv /usr/local /var/backups /var/spool/cron /var/www'
there=
for folder in $kept; do [ ! -e "$folder" ] || there="$there $folder"; done
looked_at() {
  find $there \( -name .ansible -o -name .cache -o -path /etc/.pwd.lock -o -path '/etc/*-' \) -prune -o "$@"
}
looked_at -printf 'path %p %y %m %u:%g %l\n'
looked_at -type f ! -name passwd ! -name group ! -name shadow ! -name gshadow ! -name 'ssh_host_*' ! -name ld.so.cache ! -name '*.tar' \
  ! -path '/var/spool/cron/crontabs/*' -exec sha256sum {} + | sed 's/^\([^ ]*\)  \(.*\)/bytes \2 \1/'
# Both have times in them: when a file was made, when a table was installed; and a copy of a home has its key, and what Ansible left.
looked_at -name '*.tar' -exec sh -c 'for tar; do tar -tf "$tar" | grep -v "/\.ansible/" | sed "s|^|$tar has |"; done' sh {} +
looked_at -path '/var/spool/cron/crontabs/*' -exec grep -Hv '^# (.* installed on ' {} +
dpkg-query -W -f 'package ${Package} ${Version} ${db:Status-Status}\n'
getent passwd | sed 's/^/user /'
getent group | sed 's/^/group /'
# Of a password only how it is made, and not on which day.
sed 's/^\([^:]*\):\([!*]*\)\(\$[^$]*\$\)\{0,1\}[^:]*:[0-9]*:/shadow \1:\2\3:/' /etc/shadow
systemctl list-unit-files --no-legend --plain | awk '{ print "starts", $1, $2 }'
systemctl list-units --no-legend --plain --all --type service,socket,timer |
  awk '$1 !~ /^(user|user-runtime-dir|session|apt-daily|dpkg-db-backup|systemd-)/ { print "runs", $1, $3, $4 }'
