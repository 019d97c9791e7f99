# query.sh LOGIN-LINES TYPES-LINES: on stdin a login's lines, so many lines that ask for columns' types, and statements. Prints the
# rows as XML, which tells NULL from a text, until the first statement that fails; then a mark, and the types. The client would say each
# statement as well, in what it prints and of what fails: that is left out, since whatever it holds may be secret.
[ -n "$evk_client" ] || { echo "no client (mariadb or mysql) is on this host" >&2; exit 127; }
take() { # lines: into `taken`
  taken= left=$1
  while [ "$left" -gt 0 ]; do
    IFS= read -r text || exit
    taken="$taken$text
"
    left=$((left - 1))
  done
}
take "$1"; login=$taken
take "$2"
plain='/^<resultset statement="/ {
  :more
  /" xmlns:xsi="[^"]*">$/ !{
    N
    b more
  }
  s/.*/<resultset>/
}'
{
  code=$({
    {
      { evk_speak "$login" --xml 2>&3 3>&- 5>&- 6>&-; echo $? >&6; } | sed "$plain" >&5
    } 3>&1 | sed -n '/^ERROR/{s/ near .*//;p;}' >&2
  } 6>&1)
} 5>&1
[ "$code" -eq 0 ] || exit "$code"
echo "#evenkeel types"
[ -z "$taken" ] || printf '%s' "$taken" | evk_speak "$login" --table --column-type-info --force 2>/dev/null
:
