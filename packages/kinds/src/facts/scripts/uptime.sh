say uptime /proc/uptime
