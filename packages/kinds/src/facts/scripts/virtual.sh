while read -r line; do printf 'cgroup=%s\n' "$line"; done 2>/dev/null </proc/1/cgroup
tr '\0' '\n' 2>/dev/null </proc/1/environ | grep '^container='
say systemd_container /run/systemd/container
for path in /proc/vz /proc/lve /proc/bc /.dockerenv /.dockerinit /proc/xen /dev/kvm; do [ ! -e "$path" ] || echo "there=$path"; done
say xen /proc/xen/capabilities
for name in product_name sys_vendor product_family bios_vendor; do say "$name" "/sys/devices/virtual/dmi/id/$name"; done
grep -E '^(model name|vendor_id|machine)' /proc/cpuinfo | sed 's/^/cpu=/'
grep -oE '^(kvm|vboxdrv|virtio) ' /proc/modules 2>/dev/null | sed 's/^/module=/'
