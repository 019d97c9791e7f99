# What is below a folder and is not as it is to be: below FOLDER MODE OWNER GROUP, each `-` where it does not matter.
# MODE `*` asks for all. Prints, each followed by NUL, and then a dot: sort:mode:uid:gid:owner:group:path
evk_below() {
  evk_top=$1 evk_mode=$2 evk_owner=$3 evk_group=$4
  if [ ! -d "$evk_top" ] || [ -L "$evk_top" ]; then printf 'absent\0.\0'; return; fi
  evk_uid=$(evk_number "$evk_owner" passwd) evk_gid=$(evk_number "$evk_group" group)
  set -- ! -name '*'
  [ "$evk_owner" = - ] || set -- "$@" -o ! -user "$evk_uid"
  [ "$evk_group" = - ] || set -- "$@" -o ! -group "$evk_gid"
  # Whoever is not known yet has nothing.
  case "$evk_uid/$evk_gid" in *nobody*) set -- "$@" -o -name '*' ;; esac
  case $evk_mode in
    -) ;;
    '*') set -- "$@" -o ! -type l ;;
    *) set -- "$@" -o ! -type l ! -perm "$evk_mode" ;;
  esac
  if [ "$evk_gnu" ]; then find "$evk_top" -mindepth 1 \( "$@" \) -printf '%y:%m:%U:%G:%u:%g:%p\0'
  else find "$evk_top" -mindepth 1 \( "$@" \) -exec sh -c 'for p; do stat -c %F:%a:%u:%g:%U:%G:%n -- "$p" | tr "\n" "\0"; done' evenkeel-below {} +; fi
  printf '.\0'
}
evk_number() { # name or number, and where it is looked up
  case $1 in
    -) echo - ;;
    *[!0-9]*)
      evk_line=$(getent "$2" "$1" 2>/dev/null || grep "^$1:" "/etc/$2")
      evk_line=${evk_line#*:*:}; evk_line=${evk_line%%:*}
      echo "${evk_line:-nobody}" ;;
    *) echo "$1" ;;
  esac
}
evk_gnu=; case $(find --version 2>/dev/null) in *GNU*) evk_gnu=1 ;; esac
