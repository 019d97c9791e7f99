# export-checkout.sh REPOSITORY COMMIT FOLDER USER: the files of a commit, as the release's user, who builds it.
set -e
install -d -m 0755 -o "$4" -g "$4" "$3"
git -C "$1" archive --format=tar -o "$3.tar" "$2"
tar -x -C "$3" --no-same-owner -f "$3.tar"
rm -f "$3.tar"
chown -hR "$4:$4" "$3"
