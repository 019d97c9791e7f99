# settle.sh ZONE FILE SERIAL: the old files are back; named reads them again. If it has already served SERIAL, the old records
# come with a later one: secondaries never go back.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
zone=$1 file=$2 serial=$3
rndc status >/dev/null 2>&1 || exit 0
if [ -f "$file" ] && rndc zonestatus "$zone" 2>/dev/null | grep -qx "serial: $serial"; then
  sed "s/^\(@ IN SOA [^ ]* [^ ]* \)[0-9]* /\1$(((serial + 1) % 4294967296)) /" "$file" >"$file.evenkeel" &&
    chmod 644 "$file.evenkeel" && mv -f "$file.evenkeel" "$file"
fi
rndc reconfig
has=$(rndc zonestatus "$zone" 2>/dev/null | sed -n 's/^serial: //p')
[ -n "$has" ] && [ -f "$file" ] || exit 0
# What it never took, it need not read again.
! grep -q "^@ IN SOA [^ ]* [^ ]* $has " "$file" || exit 0
rndc reload "$zone"
