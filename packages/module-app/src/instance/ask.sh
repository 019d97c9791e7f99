# ask SOCKET PATH: the head of the answer to a GET, at most 5 seconds later. Whatever can do it is taken: none of them is everywhere.
if command -v perl >/dev/null; then
  ask() { perl -e '@perl@' "$1" "$2" 2>&1; }
elif command -v python3 >/dev/null; then
  ask() { python3 -c '@python@' "$1" "$2" 2>&1; }
elif command -v curl >/dev/null; then
  ask() { curl -sS --max-time 5 -o /dev/null -D - -H 'Connection: close' --unix-socket "$1" "http://localhost$2" 2>&1; }
else
  ask() { echo "neither perl nor python3 nor curl is there to ask with"; }
fi
