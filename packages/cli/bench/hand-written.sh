#!/bin/sh
# What examples/ansible-playbook/site.yml says, as a careful person would write it by hand: over `ssh host sudo sh -s`. It asks
# before it changes, and says what it has changed. The files come with it, in FILES, as the playbook's templates would render.
set -eu
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
app=notes site=www.foobar.com zone=foobar.com password=a-password-for-an-example
changed() { echo "changed: $*"; }
put() { # from to mode owner group
  if ! cmp -s "$1" "$2"; then cp "$1" "$2.new"; chmod "$3" "$2.new"; chown "$4:$5" "$2.new"; mv "$2.new" "$2"; changed "$2"; return; fi
  [ "$(stat -c '%a %U %G' "$2")" = "$3 $4 $5" ] && return 1
  chmod "$3" "$2"; chown "$4:$5" "$2"; changed "$2"
}
folder() { # path owner
  [ -d "$1" ] && [ "$(stat -c '%a %U' "$1")" = "755 $2" ] && return
  mkdir -p "$1"; chmod 755 "$1"; chown "$2" "$1"; changed "$1"
}
service() { # name
  systemctl is-enabled -q "$1" || { systemctl enable -q "$1"; changed "$1 is enabled"; }
  systemctl is-active -q "$1" || { systemctl start "$1"; changed "$1 is started"; }
}
packages='nginx mariadb-server bind9 gunicorn python3-pymysql curl cron'
count=$(dpkg-query -W -f '${db:Status-Abbrev}\n' $packages 2>/dev/null | grep -c '^ii' || :)
if [ "$count" != 7 ]; then apt-get update -q >/dev/null; apt-get install -y -q --no-install-recommends $packages >/dev/null; changed packages; fi
getent group "$app" >/dev/null || { groupadd --system "$app"; changed group; }
getent passwd "$app" >/dev/null || { useradd --system --gid "$app" --home-dir "/srv/$app" --shell /usr/sbin/nologin "$app"; changed user; }
folder "/srv/$app" root; folder "/srv/$app/data" "$app"; folder /srv/www root
service mariadb
have=$(mariadb -N -e "SELECT 'database', default_character_set_name FROM information_schema.schemata WHERE schema_name = '$app'; SHOW GRANTS FOR '$app'@'localhost'" 2>/dev/null || :)
case $have in *database*utf8mb4*) ;; *) mariadb -e "CREATE DATABASE $app CHARACTER SET utf8mb4"; changed database ;; esac
case $have in *"GRANT SELECT, INSERT, CREATE ON"*) ;; *)
  mariadb -e "CREATE USER IF NOT EXISTS '$app'@'localhost' IDENTIFIED BY '$password'; GRANT SELECT, INSERT, CREATE ON $app.* TO '$app'@'localhost'"; changed "the database's user" ;;
esac
restart='' nginx='' named=''
put "$FILES/notes.py" "/srv/$app/notes.py" 644 root root && restart=1
put "$FILES/environment" "/etc/default/$app" 640 root "$app" && restart=1
put "$FILES/notes.service" "/etc/systemd/system/$app.service" 644 root root && { restart=1; systemctl daemon-reload; }
service "$app"
put "$FILES/robots.txt" /srv/www/robots.txt 644 root root || :
grep -q '^        server_tokens off;$' /etc/nginx/nginx.conf || {
  sed -i 's/^[[:space:]]*#\{0,1\}[[:space:]]*server_tokens.*/        server_tokens off;/' /etc/nginx/nginx.conf; nginx=1; changed server_tokens; }
put "$FILES/site.conf" "/etc/nginx/sites-available/$site" 644 root root && nginx=1
[ "$(readlink "/etc/nginx/sites-enabled/$site")" = "../sites-available/$site" ] || {
  ln -sfn "../sites-available/$site" "/etc/nginx/sites-enabled/$site"; nginx=1; changed "the site is on"; }
[ ! -e /etc/nginx/sites-enabled/default ] || { rm /etc/nginx/sites-enabled/default; nginx=1; changed "the first site is off"; }
service nginx
cmp -s "$FILES/zone" "/etc/bind/db.$zone" || { named-checkzone "$zone" "$FILES/zone" >/dev/null; put "$FILES/zone" "/etc/bind/db.$zone" 644 root root; named=1; }
grep -qF "// BEGIN $zone" /etc/bind/named.conf.local || { cat "$FILES/named.conf.local" >>/etc/bind/named.conf.local; named=1; changed named.conf.local; }
service named
job="17 3 * * * mysqldump --single-transaction $app >/srv/$app/data/copy.sql"
table=$(crontab -l 2>/dev/null || :)
case $table in *"$job"*) ;; *) printf '%s\n#Ansible: %s copy\n%s\n' "$table" "$app" "$job" | crontab -; changed cron ;; esac
[ -z "$restart" ] || systemctl restart "$app"
[ -z "$nginx" ] || systemctl reload nginx
[ -z "$named" ] || systemctl reload named
for try in 1 2 3 4 5 6 7 8 9 10; do
  page=$(curl -fs -H "Host: $site" http://127.0.0.1/ || :)
  case $page in *Notes*) exit ;; esac
  sleep 1
done
echo "the site does not say what it should" >&2
exit 1
