# validate.sh FILE: whether the server's own program takes these settings. Nothing is started.
export LC_ALL=C
server=
for each in /usr/sbin/mariadbd /usr/sbin/mysqld /usr/libexec/mariadbd /usr/libexec/mysqld; do
  [ -n "$server" ] || [ ! -x "$each" ] || server=$each
done
[ -n "$server" ] || { echo "no database server is installed" >&2; exit 127; }
# A server takes any size, and dies of it later.
awk '
  FNR == NR { if ($1 == "MemTotal:") total = $2 * 1024; next }
  $1 == "innodb_buffer_pool_size" || $1 == "key_buffer_size" {
    size = $3; power = index("KMGTPE", toupper(substr(size, length(size))))
    if (size + 0 > 0 && (size + 0) * 1024 ^ power > total) { print $1 " = " size " is more than the memory of this host, " int(total / 1048576) "M"; bad = 1 }
  }
  END { exit bad }
' /proc/meminfo "$1" >&2 || exit 1
case $("$server" --no-defaults --version 2>/dev/null) in
  *MariaDB*) words="--help --verbose" ;;
  *) words="--validate-config --log-error-verbosity=2" ;;
esac
# Not by printf: what a file's checker is given has the file's name wherever a per cent sign and an s are.
said=$("$server" --defaults-file="$1" --user=mysql $words 2>&1 >/dev/null)
code=$?
# MariaDB tells of a bad value of its storage engine's and ends well all the same; both only warn of a value that they would bend.
refused=$(sed -n '/\[ERROR\]/{s/^.*\[ERROR\] *\(\[[^]]*\] *\)*//p;}; /adjusted to/{s/^.*\[Warning\] *\(\[[^]]*\] *\)*//p;}' <<END
$said
END
)
[ $code -ne 0 ] || [ -n "$refused" ] || exit 0
cat >&2 <<END
${refused:-$said}
END
exit 1
