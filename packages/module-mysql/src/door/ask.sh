# What a server says: `evk_login` and `evk_questions` come before. The first line is what there is on this host.
evk_there=no
for evk_each in /usr/sbin/mariadbd /usr/sbin/mysqld /usr/libexec/mariadbd /usr/libexec/mysqld /usr/local/sbin/mysqld; do
  [ ! -x "$evk_each" ] || evk_there=yes
done
# A folder that an earlier installation left behind has its databases in it.
[ "$evk_there" = yes ] || [ ! -d /var/lib/mysql/mysql ] || evk_there=left
echo "server $evk_there ${evk_client:-none}"
[ -z "$evk_client" ] || printf '%s' "$evk_questions" | evk_speak "$evk_login" --batch --skip-column-names --unbuffered --force 2>&1
:
