# What a release has for browsers is put beside what older ones had: a page that is still open finds its own.
publish_assets() { # NAME ID FOLDER
  [ -d "/srv/$1/releases/$2/$3" ] || { echo "the release has no folder $3 with assets" >&2; return 1; }
  install -d -m 0755 "/srv/$1/assets" && cd "/srv/$1/releases/$2/$3" || return
  # Whoever asks meanwhile gets all of a file or, as before, nothing.
  find . -type f -exec sh -ec 'to=$1; shift
    for file; do
      cmp -s "$file" "$to/$file" && continue
      mkdir -p -m 0755 "$to/${file%/*}"
      install -m 0644 -p "$file" "$to/$file.evenkeel" && mv -f "$to/$file.evenkeel" "$to/$file"
    done' sh "/srv/$1/assets" {} +
}
# What no release has any more goes.
prune_assets() { # NAME
  [ -d "/srv/$1/assets" ] || return 0
  cd "/srv/$1/assets" && find . -type f -exec sh -c 'name=$1; shift
    for file; do
      for folder in "/srv/$name/releases"/*/.evenkeel/assets/; do
        [ ! -f "$folder$file" ] || continue 2
      done
      rm -f "$file"
    done' sh "$1" {} + && find . -mindepth 1 -type d -empty -delete
  cd / && rmdir "/srv/$1/assets" 2>/dev/null || :
}
