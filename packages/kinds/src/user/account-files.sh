# useradd, usermod, userdel, groupadd, groupmod, groupdel, chage and chpasswd as we call them, for hosts that have none: they
# edit passwd, group and shadow. Each file is replaced as a whole, and keeps its owner and mode.
set -u
export LC_ALL=C
tool=$1; shift
die() { echo "$tool: $*" >&2; exit 1; }
lock() {
  n=0
  until mkdir /etc/.evenkeel-accounts 2>/dev/null; do
    n=$((n + 1)); [ $n -lt 100 ] || die "somebody else changes accounts (/etc/.evenkeel-accounts)"
    sleep 0.1
  done
  trap 'rmdir /etc/.evenkeel-accounts' EXIT
}
edit() { # file, awk program, variables in its environment
  [ -e "$1" ] || return 0
  cp -p "$1" "$1.evenkeel" && awk -F: -v OFS=: "$2" "$1" >"$1.evenkeel" && mv -f "$1.evenkeel" "$1" || die "cannot change $1"
}
append() { [ ! -e "$1" ] || { cp -p "$1" "$1.evenkeel" && printf '%s\n' "$2" >>"$1.evenkeel" && mv -f "$1.evenkeel" "$1"; } || die "cannot change $1"; }
field() { awk -F: -v name="$2" -v n="$3" '$1 == name { print $n; found = 1 } END { exit !found }' "/etc/$1"; }
is_taken() { awk -F: -v id="$2" '$3 == id { found = 1 } END { exit !found }' "/etc/$1"; }
free_id() { # file: the next number of people's or of the system's
  if [ -n "$system" ]; then id=999; while is_taken passwd $id || is_taken group $id; do id=$((id - 1)); done
  else id=${UID_MIN:-1000}; while is_taken passwd $id || is_taken group $id; do id=$((id + 1)); done; fi
}
gid_of() { case $1 in *[!0-9]*) field group "$1" 3 || die "there is no group $1" ;; *) echo "$1" ;; esac; }
join_groups() { # name, groups with commas, whether others are left
  name=$1 groups=",$2," only=$3 edit /etc/group '
    { n = split($4, have, ","); list = ""; is_in = 0
      for (i = 1; i <= n; i++) if (have[i] == ENVIRON["name"]) is_in = 1; else if (have[i] != "") list = list (list == "" ? "" : ",") have[i]
      wanted = index(ENVIRON["groups"], "," $1 ",") || index(ENVIRON["groups"], "," $3 ",")
      if (wanted || (is_in && ENVIRON["only"] == "")) list = list (list == "" ? "" : ",") ENVIRON["name"]
      $4 = list; print }'
}
make_home() { # home, uid, gid
  [ -e "$1" ] || { mkdir -p "${1%/*}" && (umask "${UMASK:-022}"; mkdir "$1") && { [ ! -d "$skeleton" ] || cp -R "$skeleton/." "$1"; } && chown -R -h "$2:$3" "$1"; } || die "cannot make $1"
}

uid= gid= groups= is_groups= add= comment= is_comment= home= shell= create= move= system= shared= skeleton=/etc/skel new= lock= remove= force=
expires= is_expires= min= max= warn= inactive= UMASK= UID_MIN=
while [ $# -gt 0 ]; do
  case $1 in
    -u) uid=$2; shift ;; -o) shared=1 ;;
    -g) gid=$2; shift ;;
    -G) groups=$2 is_groups=1; shift ;; -a) add=1 ;;
    -c) comment=$2 is_comment=1; shift ;;
    -d) home=$2; shift ;; -s) shell=$2; shift ;;
    -k) skeleton=$2; shift ;; -K) case $2 in UMASK=*) UMASK=${2#*=} ;; [UG]ID_MIN=*) UID_MIN=${2#*=} ;; esac; shift ;;
    -m) create=1 move=1 ;; -M) create= ;; -N) ;;
    -r) system=1 remove=1 ;; -f) force=1 ;;
    -L) lock='!' ;; -U) lock=no ;;
    -e) expires=$2 is_expires=1; shift ;;
    --mindays) min=$2; shift ;; --maxdays) max=$2; shift ;; --warndays) warn=$2; shift ;; --inactive) inactive=$2; shift ;;
    --) shift; break ;;
    *) die "does not know $1" ;;
  esac
  shift
done
name=${1-}
lock
case $tool in
  groupadd)
    if field group "$name" 1 >/dev/null; then [ -n "$force" ] && exit; die "group $name is there already"; fi
    if [ -z "$gid" ]; then free_id; gid=$id; elif [ -z "$shared" ] && is_taken group "$gid"; then die "number $gid is another group's"; fi
    append /etc/group "$name:x:$gid:"
    append /etc/gshadow "$name:!::" ;;
  groupmod) name=$name gid=$gid edit /etc/group '$1 == ENVIRON["name"] { $3 = ENVIRON["gid"] } { print }' ;;
  groupdel)
    ! awk -F: -v id="$(gid_of "$name")" '$4 == id { found = 1 } END { exit !found }' /etc/passwd || die "group $name is the primary group of a user"
    for file in group gshadow; do name=$name edit /etc/$file '$1 != ENVIRON["name"]'; done ;;
  useradd)
    ! field passwd "$name" 1 >/dev/null || die "user $name is there already"
    if [ -z "$uid" ]; then free_id; uid=$id; elif [ -z "$shared" ] && is_taken passwd "$uid"; then die "number $uid is another user's"; fi
    if [ -n "$gid" ]; then gid=$(gid_of "$gid") || exit
    elif gid=$(field group "$name" 3); then :
    else gid=$uid; ! is_taken group "$gid" || { free_id; gid=$id; }; append /etc/group "$name:x:$gid:"; fi
    home=${home:-/home/$name}
    append /etc/passwd "$name:x:$uid:$gid:$comment:$home:${shell:-/bin/sh}"
    [ -z "$expires" ] || expires=$(($(date -u -d "$expires" +%s) / 86400))
    append /etc/shadow "$name:!:$(($(date +%s) / 86400)):0:99999:7::$expires:"
    [ -z "$is_groups" ] || join_groups "$name" "$groups" 1
    [ -z "$create" ] || make_home "$home" "$uid" "$gid" ;;
  usermod)
    old=$(field passwd "$name" 6) || die "there is no user $name"
    [ -z "$gid" ] || gid=$(gid_of "$gid") || exit
    name=$name uid=$uid gid=$gid is_comment=$is_comment comment=$comment home=$home shell=$shell edit /etc/passwd '$1 == ENVIRON["name"] {
      if (ENVIRON["uid"] != "") $3 = ENVIRON["uid"]
      if (ENVIRON["gid"] != "") $4 = ENVIRON["gid"]
      if (ENVIRON["is_comment"] != "") $5 = ENVIRON["comment"]
      if (ENVIRON["home"] != "") $6 = ENVIRON["home"]
      if (ENVIRON["shell"] != "") $7 = ENVIRON["shell"]
    } { print }'
    [ -z "$is_groups" ] || if [ -n "$add" ]; then join_groups "$name" "$groups" ""; else join_groups "$name" "$groups" 1; fi
    case $lock in
      '!') name=$name edit /etc/shadow '$1 == ENVIRON["name"] && $2 !~ /^!/ { $2 = "!" $2 } { print }' ;;
      no) name=$name edit /etc/shadow '$1 == ENVIRON["name"] { sub(/^!+/, "", $2) } { print }' ;;
    esac
    [ -z "$expires" ] || expires=$(($(date -u -d "$expires" +%s) / 86400))
    [ -z "$is_expires" ] || name=$name value=$expires edit /etc/shadow '$1 == ENVIRON["name"] { $8 = ENVIRON["value"] } { print }'
    [ -z "$move" ] || [ -z "$home" ] || [ -e "$home" ] || [ ! -d "$old" ] || mv -T "$old" "$home" 2>/dev/null || mv "$old" "$home" ;;
  userdel)
    home=$(field passwd "$name" 6) || die "there is no user $name"
    gid=$(field passwd "$name" 4) uid=$(field passwd "$name" 3)
    for file in passwd shadow; do name=$name edit /etc/$file '$1 != ENVIRON["name"]'; done
    join_groups "$name" "" 1
    [ "$(field group "$name" 3)" != "$gid" ] || awk -F: -v id="$gid" '$4 == id { found = 1 } END { exit !found }' /etc/passwd ||
      for file in group gshadow; do name=$name edit /etc/$file '$1 != ENVIRON["name"]'; done
    [ -z "$remove" ] || [ "$home" = / ] || [ ! -d "$home" ] || [ "$(stat -c %u "$home")" != "$uid" ] || rm -rf "$home" ;;
  chage)
    name=$name min=$min max=$max warn=$warn inactive=$inactive edit /etc/shadow '$1 == ENVIRON["name"] {
      if (ENVIRON["min"] != "") $4 = ENVIRON["min"] == "-1" ? "" : ENVIRON["min"]
      if (ENVIRON["max"] != "") $5 = ENVIRON["max"] == "-1" ? "" : ENVIRON["max"]
      if (ENVIRON["warn"] != "") $6 = ENVIRON["warn"] == "-1" ? "" : ENVIRON["warn"]
      if (ENVIRON["inactive"] != "") $7 = ENVIRON["inactive"] == "-1" ? "" : ENVIRON["inactive"]
    } { print }' ;;
  chpasswd)
    IFS= read -r hash || [ -n "$hash" ]
    name=$name hash=$hash edit /etc/shadow '$1 == ENVIRON["name"] { $2 = ENVIRON["hash"] } { print }' ;;
  *) die "is not known" ;;
esac
