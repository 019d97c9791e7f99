/** A project: who there is, what is to be so, and how to begin. */
export function projectFiles(): Readonly<Record<string, string>> {
  return {
    "inventory.ini": `# Your servers: a name, and how to get there.
[web]
www1 ansible_host=192.0.2.10 ansible_user=deploy
`,
    "site.yml": `- name: A first page
  hosts: web
  become: true
  tasks:
    - name: nginx is there
      package:
        name: nginx
    - name: a page
      copy:
        dest: /var/www/html/index.html
        content: "<h1>Even keel</h1>\\n"
        mode: "0644"
    - name: nginx runs
      service:
        name: nginx
        state: started
        enabled: true
`,
    "README.md": `# Our servers

\`\`\`sh
evenkeel check site.yml -i inventory.ini    # find every mistake, touch nothing
evenkeel plan site.yml -i inventory.ini     # what would change
evenkeel apply site.yml -i inventory.ini    # show it, ask, change it
\`\`\`
`,
  };
}
