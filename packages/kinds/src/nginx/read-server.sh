# Which nginx there is, and what of its configuration is not ours: a word a line.
[ -e /proc/net/if_inet6 ] && echo ipv6
evk_nginx=$(command -v nginx || { [ -x /usr/sbin/nginx ] && echo /usr/sbin/nginx; }) || exit 0
"$evk_nginx" -V 2>&1 | sed -n -e 's,^nginx version: [^/]*/\([0-9.]*\).*,nginx \1,p' -e 's,.*running with OpenSSL \([0-9.]*\).*,ran \1,p' -e 's,^built with OpenSSL \([0-9.]*\).*,built \1,p' |
  awk '$1 == "nginx" { print } $1 == "ran" { ran = $2 } $1 == "built" { built = $2 } END { if (ran || built) print "openssl " (ran ? ran : built) }'
grep -q '^[[:space:]]*include[[:space:]].*modules-enabled/' /etc/nginx/nginx.conf 2>/dev/null && echo modules-enabled
grep -rqE '^[[:space:]]*worker_shutdown_timeout[[:space:]]' --exclude=90-evenkeel.conf /etc/nginx 2>/dev/null && echo shutdown-timeout
# Debian's first site: a link that nobody changed, to a file that nobody changed.
if [ "$(readlink /etc/nginx/sites-enabled/default 2>/dev/null)" = /etc/nginx/sites-available/default ]; then
  evk_sum=$(md5sum </etc/nginx/sites-available/default)
  dpkg-query -W -f='${Conffiles}' nginx-common 2>/dev/null | grep -qF " /etc/nginx/sites-available/default ${evk_sum%% *}" && echo stock-site
fi
:
