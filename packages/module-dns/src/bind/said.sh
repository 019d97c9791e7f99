# said.sh ZONE: what named said last about a zone.
export LC_ALL=C
command -v journalctl >/dev/null || exit 0
# No -n: with --since older ones take the first so many lines.
journalctl -u named --since=-2min -o cat --no-pager 2>/dev/null | grep -F "$1" | grep -v 'control channel command' | tail -n 12
:
