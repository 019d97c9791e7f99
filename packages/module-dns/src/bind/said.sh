# said.sh ZONE: what named said last about a zone.
export LC_ALL=C
command -v journalctl >/dev/null || exit 0
journalctl -u named --since=-2min -n 200 -o cat --no-pager 2>/dev/null | grep -F "$1" | tail -n 12
:
