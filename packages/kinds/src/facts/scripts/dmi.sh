[ -d /sys/devices/virtual/dmi/id ] && echo dmi=yes
for name in bios_date bios_vendor bios_version board_asset_tag board_name board_serial board_vendor board_version chassis_asset_tag chassis_serial chassis_vendor chassis_version chassis_type product_name product_serial product_uuid product_version sys_vendor; do
  say "$name" "/sys/devices/virtual/dmi/id/$name"
done
