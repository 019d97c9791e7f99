uname -s; uname -n; uname -r; uname -v; uname -m
getconf LONG_BIT 2>/dev/null || echo
say machine_id /var/lib/dbus/machine-id || say machine_id /etc/machine-id
name=$(uname -n)
if command -v getent >/dev/null; then printf 'names='; getent hosts "$name" || echo; else printf 'names=- '; hostname -f 2>/dev/null || echo; fi
