nproc 2>/dev/null || echo 0
[ ! -e /proc/xen ] || echo xen
cat /proc/cpuinfo
