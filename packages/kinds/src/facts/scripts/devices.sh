queue() { # of a device or a partition
  say sectorsize "$1/queue/logical_block_size" || say sectorsize "$1/queue/hw_sector_size"
  say size "$1/size"
  for holder in "$1"/holders/*; do [ ! -e "$holder" ] || { echo "holder=${holder##*/}"; say holder_name "$holder/dm/name"; }; done
}
for path in /sys/block/*; do
  [ -e "$path" ] || continue
  name=${path##*/}
  echo "device=$name"
  for each in vendor model sas_address sas_device_handle serial; do say "$each" "$path/device/$each"; done
  say removable "$path/removable"
  for each in rotational scheduler discard_granularity discard_max_hw_bytes; do say "$each" "$path/queue/$each"; done
  queue "$path"
  for part in "$path/$name"*; do
    [ ! -e "$part/partition" ] || { echo "partition=${part##*/}"; say start "$part/start"; queue "$part"; }
  done
done
echo ==
for kind in id uuid label; do [ ! -d "/dev/disk/by-$kind" ] || { echo "links=$kind"; ls -l "/dev/disk/by-$kind"; }; done 2>/dev/null
echo ==
if [ "$(id -u)" = 0 ] && command -v vgs >/dev/null; then
  echo lvm; vgs --noheadings --nosuffix --units g --separator ,
  echo =lvs; lvs --noheadings --nosuffix --units g --separator ,
  echo =pvs; pvs --noheadings --nosuffix --units g --separator ,
fi 2>/dev/null
