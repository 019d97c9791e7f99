# When named has read its configuration, and when our files of it were written.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
if [ -e /etc/bind/rndc.key ] && [ ! -r /etc/bind/rndc.key ]; then echo unreadable; exit 0; fi
command -v rndc >/dev/null || exit 0
timeout 5 rndc status 2>/dev/null | grep '^last configured: '
stat -c 'written: %Y' /etc/bind/named.conf.evenkeel /etc/bind/evenkeel-key-*.conf 2>/dev/null
:
