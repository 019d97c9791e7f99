# What lies in a user's folder is changed as that user: whatever links it lays there then lead nowhere but to its own.
account() { # name: sets uid, gid and home
  entry=$(if command -v getent >/dev/null; then getent passwd "$1"; else grep "^$1:" /etc/passwd; fi) || { echo "there is no user $1" >&2; exit 1; }
  IFS=: read -r _ _ uid gid _ home _ <<END
$entry
END
}
as() { # name uid gid script word…
  name=$1 as_uid=$2 as_gid=$3; shift 3
  if [ "$(id -u)" = "$as_uid" ]; then sh -c "$@"
  elif command -v setpriv >/dev/null && setpriv --reuid="$as_uid" true 2>/dev/null; then setpriv --reuid="$as_uid" --regid="$as_gid" --clear-groups sh -c "$@"
  else su -s /bin/sh "$name" -c "$@"; fi
}
