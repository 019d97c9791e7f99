command -v systemctl >/dev/null && [ -d /run/systemd/system ] && systemctl --version
