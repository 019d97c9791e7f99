# reload.sh [ZONE]: named reads its configuration again, or this zone, and goes on answering meanwhile.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
zone=${1-} tries=0
until rndc status >/dev/null 2>&1; do # it may have been started a moment ago
  tries=$((tries + 1))
  [ $tries -lt 50 ] || { rndc status; exit; }
  sleep 0.2
done
if [ -z "$zone" ]; then
  rndc reconfig && exit
  code=$?; named-checkconf >&2; exit $code
fi
# A zone that is new is not loaded yet, and is then just told to: the proof comes after this.
case $(rndc zonestatus "$zone" 2>/dev/null) in
  *"dynamic: yes"*) exit 0 ;; # its records are named's own
esac
rndc reload "$zone" && exit
code=$?
! command -v journalctl >/dev/null || journalctl -u named --since=-10s -o cat --no-pager 2>/dev/null | grep -F "$zone" | grep -v 'control channel command' | tail -n 6 >&2
exit $code
