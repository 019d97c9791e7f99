# Whether a systemd has to read its unit files again. `set -- --system --user …` comes before. The answer: a line for each,
# absent, yes or no. Asking its units takes some hundred milliseconds, and they do not notice a new file that takes the place of
# theirs, nor an old date: so we look for a file or folder that was changed since it last read them, which takes five.
look() { # scope: says yes or no; fails when that cannot be told
  since='' started='' folders=''
  while IFS='=' read -r name value; do
    case $name in UnitsLoadTimestamp) since=$value ;; UnitsLoadStartTimestamp) started=$value ;; UnitPath) folders=$value ;; esac
  done <<EOF
$(systemctl "$1" show --property=UnitsLoadTimestamp,UnitsLoadStartTimestamp,UnitPath --timestamp=us+utc 2>/dev/null)
EOF
  # Since the boot it has read them once, and keeps that time elsewhere.
  since=${since:-$started}
  # Only a time with fractions can tell a file of the same second.
  case $since in *.*) ;; *) return 1 ;; esac
  set --
  for folder in $folders /etc/fstab /etc/crypttab /etc/init.d; do
    # Made by systemd itself while it reads.
    case $folder in */generator | */generator.* | */transient) continue ;; esac
    [ ! -e "$folder" ] || set -- "$@" "$folder"
  done
  young=$(find -L "$@" -newerct "$since" -print -quit 2>/dev/null) || return
  if [ -n "$young" ]; then echo yes; else echo no; fi
}
for scope; do
  if [ ! -d /run/systemd/system ]; then echo absent; continue; fi
  [ "$scope" != --user ] || export XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"
  ! look "$scope" || continue
  case $(systemctl "$scope" show --property=NeedDaemonReload --all -- '*' 2>/dev/null) in *=yes*) echo yes ;; *) echo no ;; esac
done
