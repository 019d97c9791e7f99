# make-ssh-key.sh USER FILE TYPE BITS COMMENT ASKS REPLACES: a new pair of keys for a user; a passphrase comes on stdin.
account "$1"
case $2 in /*) file=$2 ;; *) file=$home/$2 ;; esac
comment=$5
case $comment in *'$HOSTNAME'*) comment=${comment%%'$HOSTNAME'*}$(uname -n)${comment#*'$HOSTNAME'} ;; esac
as "$1" "$uid" "$gid" 'umask 077
file=$1 type=$2 bits=$3 comment=$4 asks=$5 replaces=$6
[ -d "${file%/*}" ] || mkdir -p "${file%/*}" || exit
[ -z "$replaces" ] || rm -f "$file" "$file.pub"
[ ! -e "$file" ] || { echo "$file is there already" >&2; exit 1; }
set -- -q -t "$type" ${bits:+-b "$bits"} -C "$comment" -f "$file"
if [ -z "$asks" ]; then exec ssh-keygen "$@" -N ""; fi
# Not among the arguments, which all may read: ssh-keygen asks a program of ours.
box=$(mktemp -d) || exit
trap "rm -rf \"$box\"" EXIT
cat >"$box/passphrase"
printf "#!/bin/sh\ncat \"\${0%%/*}/passphrase\"\n" >"$box/ask" && chmod 700 "$box/ask"
SSH_ASKPASS=$box/ask SSH_ASKPASS_REQUIRE=force DISPLAY=none ssh-keygen "$@" </dev/null' evenkeel-ssh-key \
  "$file" "$3" "$4" "$comment" "$6" "$7"
