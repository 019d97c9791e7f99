# What is there of applications' releases. `set -- name …` comes before.
for name; do
  echo "app $name"
  for folder in "/srv/$name/releases"/*/; do
    [ -d "$folder" ] || continue
    folder=${folder%/} id=${folder%/}; id=${id##*/}
    if [ -f "$folder/.evenkeel/built" ]; then
      printf 'built %s %s %s\n' "$id" "$(stat -c %Y "$folder/.evenkeel/built")" "$(cat "$folder/.evenkeel/built")"
    else echo "partial $id"; fi
    for secret in "/srv/$name/secrets/$id"/*; do
      [ -f "$secret" ] || continue
      sum=$(sha256sum <"$secret") || continue
      printf 'secret %s %s %s\n' "$id" "${sum%% *}" "${secret##*/}"
    done
  done
done
