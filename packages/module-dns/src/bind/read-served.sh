# What named serves: `set -- zone …` comes before. The host's day, then for each zone a line of its name and what rndc says of it.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
echo "today $(date -u +%Y%m%d)"
if [ -e /etc/bind/rndc.key ] && [ ! -r /etc/bind/rndc.key ]; then echo unreadable; exit 0; fi
command -v rndc >/dev/null || exit 0
for zone; do
  echo "zone $zone"
  timeout 5 rndc zonestatus "$zone" 2>/dev/null | sed 's/^/ /'
done
:
