# prepare-release.sh NAME USER ID: folders for a release, which is not there yet, or only in part.
set -e
name=$1 user=$2 id=$3
install -d -m 0755 "/srv/$name" "/srv/$name/releases" "/srv/$name/shared"
install -d -m 0700 "/srv/$name/secrets"
install -d -m 0700 -o "$user" -g "$user" "/srv/$name/cache"
# A build that an earlier run has left behind must not write into this one.
systemctl stop -- "$name-build@$id.service" 2>/dev/null || :
rm -rf "/srv/$name/releases/$id" "/srv/$name/secrets/$id"
install -d -m 0700 "/srv/$name/secrets/$id"
