for path in /sys/class/net/*; do
  [ -d "$path" ] || continue
  echo "interface=${path##*/}"
  for name in address mtu operstate type speed flags bridge/bridge_id bridge/stp_state bonding/slaves bonding/mode bonding/miimon bonding/lacp_rate bonding/primary bonding/all_slaves_active bonding_slave/perm_hwaddr; do say "$name" "$path/$name"; done
  for member in "$path"/brif/*; do [ ! -e "$member" ] || echo "member=${member##*/}"; done
  [ ! -e "$path/device" ] || { module=$(readlink "$path/device/driver/module") && echo "module=${module##*/}"; device=$(readlink "$path/device") && echo "pciid=${device##*/}"; }
done
if command -v ip >/dev/null; then
  ip -o addr show 2>/dev/null | sed 's/^/addr=/'
  ip -4 route get 8.8.8.8 2>/dev/null | sed -n '1s/^/route4=/p'
  ip -6 route get 2404:6800:400a:800::1012 2>/dev/null | sed -n '1s/^/route6=/p'
  ip -4 route show table local 2>/dev/null | sed -n 's/^local /local4=/p'
  ip -6 route show table local 2>/dev/null | sed -n 's/^local /local6=/p'
fi
