id -un; id -u; id -g; id -ru; id -rg
if command -v getent >/dev/null; then getent passwd "$(id -u)"; else grep "^$(id -un):" /etc/passwd; fi
