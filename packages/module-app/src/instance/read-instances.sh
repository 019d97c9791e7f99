# Which releases of applications run. `set -- name …` comes before.
export LC_ALL=C
for name; do
  echo "app $name"
  for unit in "/etc/systemd/system/$name@"*.service; do
    [ -f "$unit" ] || continue
    id=${unit##*@}; id=${id%.service}
    sum=$(cat "$unit" "/etc/systemd/system/$name@$id.socket" 2>/dev/null | sha256sum)
    enabled=no
    [ ! -L "/etc/systemd/system/multi-user.target.wants/$name@$id.service" ] ||
      [ ! -L "/etc/systemd/system/sockets.target.wants/$name@$id.socket" ] || enabled=yes
    set -- $(systemctl show --value -p ActiveState -- "$name@$id.service" "$name@$id.socket")
    echo "unit $id ${sum%% *} $enabled $1 $2"
  done
done
