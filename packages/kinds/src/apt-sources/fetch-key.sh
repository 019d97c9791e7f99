# fetch-key.sh URL FILE: fetches keys, and keeps them in the form that the file's name says.
url=$1 file=$2
umask 022
mkdir -p "${file%/*}" || exit
box=$(mktemp -d "${file%/*}/.evenkeel.XXXXXX") || exit
trap 'rm -rf "$box"' EXIT
got=$box/key
if command -v curl >/dev/null; then curl -fsSL -o "$got" "$url"
elif command -v wget >/dev/null; then wget -qO "$got" "$url"
else chmod 755 "$box"; /usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file "$url" "$got" >/dev/null; fi || exit
[ -s "$got" ] || { echo "nothing came from $url" >&2; exit 1; }
if grep -q '^-----BEGIN PGP PUBLIC KEY BLOCK-----' "$got"; then form=asc; else form=gpg; fi
case $form:$file in
  asc:*.asc | gpg:*.gpg) ;;
  asc:*) sed -n '/^-----BEGIN/,/^-----END/p' "$got" | sed -e '1,/^[[:space:]]*$/d' -e '/^=/d' -e '/^-----/d' | base64 -d >"$box/other" && mv "$box/other" "$got" || exit ;;
  gpg:*) { echo '-----BEGIN PGP PUBLIC KEY BLOCK-----'; echo; base64 "$got"; echo '-----END PGP PUBLIC KEY BLOCK-----'; } >"$box/other" && mv "$box/other" "$got" || exit ;;
esac
chmod 644 "$got" && mv -f "$got" "$file"
