# say NAME FILE: the file's first line, if there is one. Without a fork.
say() { value=; { IFS= read -r value || [ -n "$value" ]; } 2>/dev/null <"$2" && printf '%s=%s\n' "$1" "$value"; }
export LC_ALL=C
