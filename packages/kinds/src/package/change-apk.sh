# One run of apk: change-apk.sh VERB OPTION… [-- NAME…]
set -u
verb=$1; shift
apk() { command apk --no-progress --wait "$EVENKEEL_LOCK_SECONDS" "$@" </dev/null; }
case $verb in
  install) apk add --upgrade "$@" ;;
  remove) apk del "$@" ;;
  keep) apk add "$@" ;;
  update) apk update "$@" ;;
  upgrade | dist-upgrade) apk upgrade "$@" ;;
  clean | autoclean) apk cache clean ;;
  *) echo "apk cannot do this: $verb" >&2; exit 2 ;;
esac
