# migrate.sh DATABASE NAME SHA256 LOCK-SECONDS TRIES STATEMENTS LOGIN-LINES: one migration in one session of the server's client.
# On stdin: a login's lines; then for each statement a line with the count of its lines, and these. What is about to be done is
# written down before it, so that whoever comes after a crash knows of it.
[ -n "$evk_client" ] || { echo "no client (mariadb or mysql) is on this host" >&2; exit 127; }
database=$1 name=$2 sum=$3 patience=$4 tries=$5 count=$6
evk_login=
evk_line=$7
while [ "$evk_line" -gt 0 ]; do
  IFS= read -r evk_text || exit
  evk_login="$evk_login$evk_text
"
  evk_line=$((evk_line - 1))
done
place=$(umask 077; mktemp -d) || exit
trap 'rm -rf "$place"' EXIT
mkfifo -m 600 "$place/in" "$place/out" || exit
exec 8<&0
evk_speak "$evk_login" --batch --skip-column-names --unbuffered --force --skip-reconnect <"$place/in" >"$place/out" 2>&1 8<&- &
exec 5>"$place/in" 6<"$place/out"
rm -rf "$place"
table="\`$(printf '%s' "$database" | sed 's/`/``/g')\`.evenkeel_migrations"

# say: what was written to the session is sent; `said` is the answer, `code` the error's number or nothing. A session that is gone ends us:
# the table says `running` then, for that is all that anybody knows.
say() {
  printf '$$evk$$\nSELECT "#evenkeel"$$evk$$\n' >&5
  said= code= heard=
  while IFS= read -r heard <&6; do
    case $heard in
      "#evenkeel") return 0 ;;
      "ERROR "[0-9]*) code=${heard#ERROR }; code=${code%% *}; said=$heard ;;
      *) [ -n "$code" ] || said=$heard ;;
    esac
    case $code in 2006 | 2013 | 1927 | 1053) break ;; 2002 | 2003 | 1045 | 1698 | 1049) echo "$said" >&2; exit 1 ;; esac
  done
  echo "$name: the session with the server was lost: $said" >&2
  exit 4
}
ask() { printf '%s' "$1" >&5; say; }
must() { ask "$1"; [ -z "$code" ] || { echo "$said" >&2; exit 1; }; }
statement() { # its lines again, for another attempt
  printf '%s' "$text" >&5
}
blockers() {
  ask "SELECT GROUP_CONCAT(CONCAT('connection ', p.ID, ' of ', p.USER, '@', p.HOST, ' in a transaction for ', TIMESTAMPDIFF(SECOND, t.trx_started, NOW()), ' s') ORDER BY t.trx_started SEPARATOR '; ') FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id WHERE p.ID <> CONNECTION_ID()"
  echo "in the way: $said" >&2
}

printf 'DELIMITER $$evk$$\n' >&5
must "USE \`$(printf '%s' "$database" | sed 's/`/``/g')\`"
# Several controllers at once: each migration is one's, and the others find it done.
must "SELECT GET_LOCK(CONCAT('evenkeel:', LEFT(SHA2(DATABASE(), 256), 40)), 600)"
[ "$said" = 1 ] || { echo "another run has been migrating $database for ten minutes" >&2; exit 1; }
must "CREATE TABLE IF NOT EXISTS $table (name VARCHAR(255) NOT NULL PRIMARY KEY, checksum CHAR(64) NOT NULL, state VARCHAR(10) NOT NULL, statement INT NOT NULL, statements INT NOT NULL, began DATETIME NOT NULL, ended DATETIME NULL, error TEXT NULL) DEFAULT CHARACTER SET utf8mb4"
must "SELECT CONCAT(state, ' ', checksum) FROM $table WHERE name = '$name'"
case $said in
  "done $sum") echo "another run has done it" ; exit 0 ;;
  "") ;;
  *) echo "$name: $said is on record by now" >&2; exit 3 ;;
esac
must "INSERT INTO $table (name, checksum, state, statement, statements, began) VALUES ('$name', '$sum', 'running', 0, $count, NOW())"
must "SET SESSION lock_wait_timeout = $patience, SESSION innodb_lock_wait_timeout = $patience"

at=0
while [ "$at" -lt "$count" ]; do
  at=$((at + 1))
  IFS= read -r lines <&8 || exit
  text=
  while [ "$lines" -gt 0 ]; do
    IFS= read -r line <&8 || exit
    text="$text$line
"
    lines=$((lines - 1))
  done
  try=1 pause=1
  while statement; say; [ "$code" = 1205 ] || [ "$code" = 1213 ]; do
    blockers
    [ "$try" -lt "$tries" ] || { code=1205 said="ERROR 1205: waited $patience s for a lock, $tries times"; break; }
    sleep "$pause"
    try=$((try + 1)) pause=$((pause * 2))
  done
  if [ -n "$code" ]; then
    why=$said
    echo "$name, statement $at of $count: $why" >&2
    # The first has done nothing when it fails, and everything may be tried again. Of a later one somebody must look.
    if [ "$at" -eq 1 ]; then ask "ROLLBACK"; must "DELETE FROM $table WHERE name = '$name'"
    else ask "ROLLBACK"; must "UPDATE $table SET state = 'failed', statement = $at, error = 'error $code', ended = NOW() WHERE name = '$name'"; fi
    exit 1
  fi
  [ "$at" -eq "$count" ] || { ask "SELECT @@in_transaction"; [ "$said" = 1 ] || must "UPDATE $table SET statement = $at WHERE name = '$name'"; }
done
must "COMMIT"
must "UPDATE $table SET state = 'done', statement = $count, ended = NOW() WHERE name = '$name'"
must "COMMIT"
must "DO RELEASE_LOCK(CONCAT('evenkeel:', LEFT(SHA2(DATABASE(), 256), 40)))"
exit 0
