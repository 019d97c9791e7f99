import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a project of so many tasks, in roles of fifty, as real ones have them: templates, loops, conditions, handlers. */
export function writeLargeProject(folder: string, tasks: number, hosts: number): string {
  const roles = Array.from({ length: Math.ceil(tasks / 50) }, (_, index) => `role${index}`);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const names = Array.from({ length: hosts }, (_, index) => `web-${index} ansible_host=192.0.2.${index + 1}`);
  write("hosts.ini", `[web]\n${names.join("\n")}\n`);
  write("group_vars/web.yml", "domain: example.org\nport: 8080\n");
  write("site.yml", `- hosts: web\n  become: yes\n  roles: [${roles.join(", ")}]\n`);
  for (const [at, role] of roles.entries()) {
    const own = Array.from({ length: Math.min(50, tasks - at * 50) }, (_, index) => task(role, index));
    write(`roles/${role}/tasks/main.yml`, own.join(""));
    write(
      `roles/${role}/defaults/main.yml`,
      `${role}_packages: [nginx, curl]\n${role}_port: "{{ port + ${at} }}"\n${role}_sites:\n  - {name: a, root: /srv/a}\n  - {name: b}\n`,
    );
    write(`roles/${role}/handlers/main.yml`, `- name: reload ${role}\n  service: {name: ${role}, state: reloaded}\n`);
    write(`roles/${role}/templates/site.conf.j2`, siteTemplate(role));
  }
  return join(folder, "site.yml");
}

function task(role: string, index: number): string {
  const kinds = [
    `  package: {name: "{{ ${role}_packages }}"}\n`,
    `  template: {src: site.conf.j2, dest: "/etc/${role}/${index}.conf", mode: "0644"}\n  loop: "{{ ${role}_sites }}"\n  notify: reload ${role}\n`,
    `  copy: {dest: "/etc/${role}/${index}", content: "port {{ ${role}_port }} {{ ansible_hostname }}", mode: "0640"}\n  when: ansible_os_family == "Debian" and domain is defined\n`,
    `  file: {path: "/srv/{{ item.name }}/${index}", state: directory, mode: "0755"}\n  loop: "{{ ${role}_sites | selectattr('root', 'defined') }}"\n`,
    `  command: ls /srv/${index}\n  register: ${role}_listing\n  changed_when: "'x' in ${role}_listing.stdout"\n`,
    `  service: {name: ${role}, state: started, enabled: yes}\n  when: ${role}_listing.rc == 0\n  tags: [services]\n`,
  ];
  return `- name: "${role} ${index} on {{ inventory_hostname }}"\n${kinds[index % kinds.length]}`;
}

function siteTemplate(role: string): string {
  return `# {{ ansible_managed }}
server {
  listen {{ ${role}_port }};
  server_name {{ item.name }}.{{ domain }};
{% if item.root is defined %}
  root {{ item.root }};
{% endif %}
{% for host in groups['web'] %}
  allow {{ hostvars[host].ansible_host }};
{% endfor %}
}
`;
}
