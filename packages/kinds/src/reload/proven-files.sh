# Copies of a unit's files as they were when a reload was last proven. The first word is the unit; $box is on the same disk.
proven=/var/lib/evenkeel/reload/$1
copy_of() { printf '%s/' "$1"; printf %s "$2" | sha256sum | cut -c 1-24; }
has_proven() { [ $# -gt 0 ] && [ -d "$proven" ]; }
# As they are now, they are on trial; settled, they are what is put back from then on.
keep_on_trial() { # files
  rm -rf "$proven.trial"
  [ $# -gt 0 ] || return 0
  (umask 077; mkdir -p "${proven%/*}" "$box/kept") && for file; do
    copy=$(copy_of "$box/kept" "$file")
    if [ -e "$file" ]; then cp -a "$file" "$copy"; else : >"$copy.absent"; fi || return
  done
  mv -T "$box/kept" "$proven.trial"
}
settle() { [ ! -d "$proven.trial" ] || { rm -rf "$proven" && mv -T "$proven.trial" "$proven"; }; }
put_back() { # files
  rm -rf "$proven.trial"
  has_proven "$@" || { [ $# -eq 0 ] || echo "no copy of its files is known to be good"; return 0; }
  for file; do
    copy=$(copy_of "$proven" "$file")
    [ ! -e "$copy.absent" ] || rm -f "$file"
    [ -e "$copy" ] || continue
    if [ -d "$copy" ] && [ -d "$file" ] && [ ! -L "$file" ]; then put_back_in "$copy" "$file" || return; continue; fi
    part=${file%/*}/.evenkeel.back.$$
    cp -a "$copy" "$part" && { [ ! -d "$file" ] || [ -L "$file" ] || rm -rf "$file"; } && mv -fT "$part" "$file" || return
  done
  echo "files are back"
}
# A folder stays the same one: processes may be in it.
put_back_in() { # copy folder
  (cd "$2" && find . -mindepth 1 -depth -exec sh -c '
    copy=$1; shift
    for each; do
      if [ -d "$each" ] && [ ! -L "$each" ]; then [ -d "$copy/$each" ] && [ ! -L "$copy/$each" ] || rm -rf "$each"
      elif [ -d "$copy/$each" ] || { [ ! -e "$copy/$each" ] && [ ! -L "$copy/$each" ]; }; then rm -f "$each"; fi
    done' sh "$1" {} +) && cp -a --remove-destination "$1/." "$2/"
}
