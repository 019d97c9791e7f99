now=$(date +%s) year=$(date +%Y)
date -d "@$now" '+%s %Y %m %d %H %M %S %A %w %W %z %Z'
date -u -d "@$now" +%Y-%m-%dT%H:%M:%S
for at in $(((year - 1970) * 31556952 + 1296000)) $(((year - 1970) * 31556952 + 16848000)); do date -d "@$at" '+%Z %z'; done
