cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null
echo
for file in debian_version alpine-release centos-release redhat-release; do say "file $file" "/etc/$file"; done
