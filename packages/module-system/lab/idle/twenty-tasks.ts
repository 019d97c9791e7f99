/**
 * Twenty everyday tasks, as a playbook. What must not be there is said before packages come, that might bring it, and the
 * command says what it changes: else a plan must doubt what comes after.
 */
export const playbook = `
- hosts: all
  gather_facts: false
  become: true
  tasks:
    - { name: what must not be, file: { path: /etc/shop.old, state: absent } }
    - { name: packages, apt: { name: [bc, nano, sudo] } }
    - { name: a group, group: { name: shop, gid: 3001 } }
    - { name: a user, user: { name: shop, uid: 3001, group: shop, shell: /bin/sh, comment: The shop } }
    - { name: its key, authorized_key: { user: shop, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBNEW me@here } }
    - { name: what it may, sudoers: { name: shop, user: shop, commands: [/bin/true] } }
    - { name: a folder, file: { path: /srv/shop, state: directory, mode: "0750", owner: shop, group: shop } }
    - { name: a page, copy: { dest: /srv/shop/index.html, content: "<h1>Shop</h1>\\n", mode: "0644", owner: shop, group: shop } }
    - { name: a setting, copy: { dest: /etc/shop.conf, content: "port = 80\\n", mode: "0644" } }
    - { name: a link, file: { path: /etc/shop.link, state: link, src: shop.conf } }
    - { name: a line, lineinfile: { path: /etc/shop.env, line: "SHOP=1", create: true } }
    - { name: a block, blockinfile: { path: /etc/shop.env, block: "A=1\\nB=2" } }
    - { name: an option, ini_file: { path: /etc/shop.ini, section: web, option: port, value: "80", mode: "0644" } }
    - { name: a job, cron: { name: shop, minute: "5", job: "true" } }
    - { name: the kernel, sysctl: { name: vm.max_map_count, value: "65530", sysctl_file: /etc/sysctl.d/90-shop.conf, reload: false } }
    - { name: a name, hosts_entry: { address: 198.51.100.7, names: [db.example.org] } }
    - { name: the time, timezone: { name: Europe/Berlin } }
    - { name: a service, service: { name: shop, state: started, enabled: true } }
    - { name: another, systemd: { name: cron, state: stopped, enabled: false } }
    - { name: once, command: { cmd: touch /srv/shop/made, creates: /srv/shop/made, changes: ["file:/srv/shop/made"] } }
`;

/** The same by hand, as somebody writes it who knows the shell and minds what it costs. */
export const byHand = `
set -e
mode() { [ "$(stat -c '%a %U %G' "$1")" = "$2" ]; }
text() { [ "$(cat "$1")" = "$2" ]; }
[ "$(dpkg-query -W -f='\${db:Status-Status} ' bc nano sudo)" = "installed installed installed " ] || exit 1
[ "$(getent group shop | cut -d: -f3)" = 3001 ] || exit 2
[ "$(getent passwd shop)" = "shop:x:3001:3001:The shop:/home/shop:/bin/sh" ] || exit 3
grep -qxF 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBNEW me@here' /home/shop/.ssh/authorized_keys || exit 4
mode /home/shop/.ssh/authorized_keys '600 shop shop' || exit 4
text /etc/sudoers.d/shop 'shop ALL=NOPASSWD: /bin/true' || exit 5
mode /etc/sudoers.d/shop '440 root root' || exit 5
mode /srv/shop '750 shop shop' || exit 6
text /srv/shop/index.html '<h1>Shop</h1>' || exit 7
mode /srv/shop/index.html '644 shop shop' || exit 7
text /etc/shop.conf 'port = 80' || exit 8
mode /etc/shop.conf '644 root root' || exit 8
[ "$(readlink /etc/shop.link)" = shop.conf ] || exit 9
[ ! -e /etc/shop.old ] || exit 10
grep -qxF SHOP=1 /etc/shop.env || exit 11
grep -qxF A=1 /etc/shop.env && grep -qxF B=2 /etc/shop.env || exit 12
grep -qxF 'port = 80' /etc/shop.ini || exit 13
crontab -l | grep -qxF '5 * * * * true' || exit 14
grep -qxF vm.max_map_count=65530 /etc/sysctl.d/90-shop.conf || exit 15
[ "$(sysctl -n vm.max_map_count)" = 65530 ] || exit 15
grep -q '^198.51.100.7.*db.example.org' /etc/hosts || exit 16
[ "$(readlink /etc/localtime)" = ../usr/share/zoneinfo/Europe/Berlin ] || exit 17
systemctl -q is-active shop && systemctl -q is-enabled shop || exit 18
! systemctl -q is-active cron && ! systemctl -q is-enabled cron || exit 19
[ -e /srv/shop/made ] || exit 20
`;
