# Whether what was unpacked into a folder is still as it was: evk_unpacked DEST NAME SHA256|- ARCHIVE WHAT LIST
# NAME is that of our record; ARCHIVE, of this host, is summed when there is no SHA256; WHAT: stat's words for attributes that count.
# Says no-folder, no-archive, never, another, or same, and the archive's sum; else `differs` and lines of what does; with LIST, names.
if [ "$(id -u)" = 0 ]; then evk_records=/var/lib/evenkeel/unpacked; else evk_records=$HOME/.local/state/evenkeel/unpacked; fi
evk_unpacked() {
  [ -d "$1" ] || { echo no-folder -; return; }
  evk_sum=$3
  if [ "$evk_sum" = - ]; then
    [ -f "$4" ] && [ -r "$4" ] || { echo no-archive -; return; }
    evk_sum=$(sha256sum <"$4"); evk_sum=${evk_sum%% *}
  fi
  evk_record=$evk_records/$2
  if [ ! -f "$evk_record/sum" ]; then echo "never $evk_sum"; return; fi
  read -r evk_old <"$evk_record/sum"
  if [ "$evk_old" != "$evk_sum" ]; then echo "another $evk_sum"; return; fi
  cd -- "$1" || return
  evk_bad=$(
    [ ! -s "$evk_record/files" ] || sha256sum -c "$evk_record/files" 2>/dev/null | grep -v ': OK$'
    while IFS= read -r evk_l; do [ "$(readlink -- "${evk_l%% > *}")" = "${evk_l#* > }" ] || printf '%s: FAILED\n' "${evk_l%% > *}"; done <"$evk_record/links"
    while IFS= read -r evk_l; do [ -d "$evk_l" ] || printf '%s: FAILED\n' "$evk_l"; done <"$evk_record/folders"
    [ -z "$5" ] || evk_attributes "$5" "$evk_record/attributes"
  )
  if [ -z "$evk_bad" ]; then echo "same $evk_sum"; else printf 'differs %s\n%s\n' "$evk_sum" "$evk_bad"; fi
  [ -z "$6" ] || { echo; cat "$evk_record/names"; }
}
evk_attributes() { # words for stat, and the file with what they said
  set -f; IFS='
'
  set -- "$1" "$2" $(cat "$evk_record/names")
  evk_words=$1 evk_file=$2; shift 2
  [ $# -gt 0 ] || return
  [ "$(stat -c "$evk_words %n" -- "$@" 2>&1)" = "$(cat "$evk_file")" ] || echo 'attributes: FAILED'
}
