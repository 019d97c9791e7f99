# tell.sh OPTION-LINES [strict]: statements on stdin, after so many lines of a login. The first that fails ends it. What the
# server says of it is shown up to where it quotes the statement: a password may be in there. Strict: a
# warning that a value was cut to what the server likes is a refusal, too, for that is not what was asked for.
[ -n "$evk_client" ] || { echo "no client (mariadb or mysql) is on this host" >&2; exit 127; }
evk_login=
evk_line=$1
while [ "$evk_line" -gt 0 ]; do
  IFS= read -r evk_text || exit
  evk_login="$evk_login$evk_text
"
  evk_line=$((evk_line - 1))
done
evk_said=$(evk_speak "$evk_login" --batch --skip-column-names ${2:+--show-warnings} 2>&1)
evk_code=$?
if [ $evk_code -eq 0 ]; then
  [ -n "$2" ] || exit 0
  evk_said=$(printf '%s\n' "$evk_said" | grep '^Warning (Code 1292)') || exit 0
  evk_code=1
fi
printf '%s\n' "$evk_said" | sed -n '/^\(ERROR\|Warning\)/{s/ near .*//;p;}' >&2
exit $evk_code
