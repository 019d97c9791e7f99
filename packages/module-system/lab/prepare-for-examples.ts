import type { HostUnderTest } from "./system/host-under-test.ts";

const packages = "git cron locales tzdata bc debconf-utils busybox curl";

/** What the examples take for granted. */
export async function prepareForExamples(on: HostUnderTest): Promise<void> {
  await on.host.shell(
    `export DEBIAN_FRONTEND=noninteractive; apt-get update -q && apt-get install -y -q --no-install-recommends ${packages}
systemctl disable --now cron apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer systemd-tmpfiles-clean.timer
printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/usr/lib/systemd/system/law.service
systemctl daemon-reload
mkdir -p /srv/www; echo page >/srv/www/page; busybox httpd -p 127.0.0.1:8080 -h /srv/www`,
    { timeoutSeconds: 300 },
  );
}

/** Every name on the host with its times, owner, mode and size, and the bytes of all files: whoever writes is seen. */
export const wholeOf = `
find / /run /tmp -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run/log -o -path /var/log/journal -o -path /run/systemd/journal \\) -prune \\
  -o -printf '%p %y %m %U:%G %s %T@ %C@ %l\\n' | sort -u
find / -xdev \\( -path /proc -o -path /sys -o -path /dev \\) -prune -o -type f -exec sha256sum {} + | sha256sum`;

/** The same through a login, which leaves its own marks. */
export const wholeButLogins = wholeOf
  .replaceAll("find / /run /tmp", "find / /tmp")
  .replaceAll(
    "-path /dev",
    "-path /dev -o -path /run -o -path /var/log -o -path /var/lib/lastlog -o -path /var/lib/wtmpdb",
  );

/** How a host is in the end, however often it took: without times (git's index and logs, and crontabs hold some), logs, caches and what is ours. */
export const endOf = `
find /etc /home /root /srv /usr/local /opt /var/spool /var/lib/dpkg/status /var/lib/evenkeel -xdev \\( -path /var/lib/evenkeel/jobs \\) -prune \\
  -o -printf '%p %y %m %U:%G %l\\n' | sort
find /etc /home /root /srv /usr/local /opt /var/spool /var/lib/dpkg/status -xdev -type f -not -path '*/.git/index' -not -path '*/.git/logs/*' -not -path '*/crontabs/*' -exec sha256sum {} + | sort -k 2
grep -rsv '^# (.* installed on ' /var/spool/cron/crontabs | sort
grep -c . /proc/mounts; uname -n; systemctl is-active law; systemctl is-enabled law; dpkg --get-selections; debconf-show tzdata | sort`;
