# What is at $evk_p, links followed: absent, folder, unreadable, or its size, its sum and its path, line by line.
if [ -d "$evk_p" ]; then echo folder
elif [ ! -e "$evk_p" ]; then echo absent
elif [ ! -f "$evk_p" ] || [ ! -r "$evk_p" ]; then echo unreadable
else stat -Lc %s -- "$evk_p" && sha256sum <"$evk_p" && printf %s "$evk_p"; fi
