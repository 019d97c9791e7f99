cat /proc/self/mounts
echo ==
cat /proc/self/mountinfo
echo ==
set --
while read -r device path type _; do
  case $device in /* | *:/*) [ "$type" = none ] || set -- "$@" "$(printf '%b' "${path%%\\*}${path#"${path%%\\*}"}")" ;; esac
done </proc/self/mounts
[ $# -eq 0 ] || timeout 10 stat -f -c '%s %S %b %f %a %c %d %n' -- "$@" 2>/dev/null
echo ==
ls -l /dev/disk/by-uuid 2>/dev/null
