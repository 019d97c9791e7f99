# What is said of /etc/nginx as a whole. Only root comes here.
conf=/etc/nginx state=/var/lib/evenkeel/nginx
saying=$conf/conf.d/evenkeel-generation.conf
socket=/run/evenkeel-nginx/generation.sock
dropin=/etc/systemd/system/nginx.service.d/evenkeel.conf
nginx=$(command -v nginx || echo /usr/sbin/nginx)
LC_ALL=C; export LC_ALL

# The sum of all that nginx reads there, but for the file that says it; pages are read when they are asked for.
sum_of_tree() {
  (cd "$conf" && find -L . -type f ! -path ./conf.d/evenkeel-generation.conf ! -path './evenkeel/*.html' ! -name '.evenkeel.*' -exec sha256sum {} + 2>/dev/null) |
    sort | sha256sum | cut -c 1-32
}
said_generation() { sed -n 's/.*X-Config-Gen \([0-9a-f]*\) .*/\1/p' "$saying" 2>/dev/null; }
# nginx tells root, and only root, which configuration it serves. That needs a folder that only systemd makes at each start.
say_generation() {
  [ -f "$dropin" ] && [ -d "$conf/conf.d" ] || return 0
  # systemd 252 does not see by itself that a new folder of drop-ins is there.
  case $(systemctl show -p DropInPaths --value nginx.service 2>/dev/null) in *"$dropin"*) ;; *) systemctl daemon-reload ;; esac
  sum=$(sum_of_tree)
  [ "$(said_generation)" != "$sum" ] || return 0
  printf '%s\n' '# Which configuration nginx serves, told to root only. Evenkeel writes it, and asks it after each reload.' \
    'server {' "    listen unix:$socket;" '    server_name evenkeel-generation.invalid;' '    access_log off;' \
    "    add_header X-Config-Gen $sum always;" '    return 204;' '}' | put_text 644 "$saying"
}
put_text() { # mode path: the text comes on stdin, and is there all at once
  part=$(mktemp "${2%/*}/.evenkeel.XXXXXX") || return
  cat >"$part" && chmod "$1" "$part" && { sync "$part" 2>/dev/null || sync; } && mv -fT "$part" "$2" || { rm -f "$part"; return 1; }
}

# A copy of the tree, in which every path that leads into the tree leads into the copy.
copy_tree() {
  (umask 077; mkdir -p "$state") && [ -O "$state" ] && [ ! -L "$state" ] && chmod 700 "$state" || return
  rm -rf "$state"/tree.*
  box=$(mktemp -d "$state/tree.XXXXXX") || return
  trap 'rm -rf "$box"' EXIT
  trap 'exit 143' TERM INT HUP
  tree=$box/nginx
  cp -a "$conf" "$tree" && rm -f "$tree/conf.d/evenkeel-generation.conf"
}
lead_into_copy() {
  find "$tree" -type l | while IFS= read -r link; do
    target=$(readlink "$link")
    case $target in "$conf"/*) ln -sfnT "$tree${target#"$conf"}" "$link" ;; esac
  done
  find "$tree" -type f -exec grep -lIF "$conf" {} + 2>/dev/null | while IFS= read -r file; do
    sed -i "s#$conf\([]/;\"' 	{})]\|\$\)#$tree\1#g" "$file"
  done
}
# nginx's word on the copy, as if it were the tree. It writes a pid file and its own complaints elsewhere.
check_copy() {
  lead_into_copy
  if grep -rqE --include='*.conf' '^[[:space:]]*pid[[:space:]]' "$tree" 2>/dev/null; then
    find "$tree" -name '*.conf' -type f -exec sed -i "s#^\([[:space:]]*\)pid[[:space:]][^;]*;#\1pid $box/pid;#" {} +
    set --
  else set -- -g "pid $box/pid;"; fi
  "$nginx" -e stderr -t "$@" -c "$tree/nginx.conf" >"$box/said" 2>&1
  status=$?
  sed -e "s#$tree#$conf#g" -e 's#^nginx: ##' -e '/configuration file .* \(syntax is ok\|test is successful\|test failed\)$/d' "$box/said"
  return $status
}

# What was there before a play's first change of a file, until a reload has been proven.
kept_place() { printf '%s/before/' "$state"; printf %s "$1" | sha256sum | cut -c 1-24; }
keep_file() { # path
  kept=$(kept_place "$1")
  [ ! -d "$kept" ] || return 0
  (umask 077; mkdir -p "$kept.new") && printf %s "$1" >"$kept.new/path" || return
  if [ -e "$1" ] || [ -L "$1" ]; then cp -a "$1" "$kept.new/it" || return; fi
  mv -T "$kept.new" "$kept"
}
bring_back() { # what was kept
  path=$(cat "$1/path") || return
  if [ -e "$1/it" ] || [ -L "$1/it" ]; then
    part=${path%/*}/.evenkeel.back.$$
    cp -a "$1/it" "$part" && mv -fT "$part" "$path"
  else rm -f "$path"; fi
}
bring_all_back() {
  for kept in "$state"/before/*; do
    case $kept in *.new) continue ;; esac
    [ ! -d "$kept" ] || bring_back "$kept" || return
  done
  forget_kept
  say_generation
}
forget_kept() { rm -rf "$state/before"; }
