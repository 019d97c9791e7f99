import type { Case } from "./cases.ts";

const listed = (json: string) => `#!/bin/sh
if [ "$1" = --list ]; then cat <<'END'
${json}
END
else echo '{"from": "'"$2"'", "n": 1}'; fi
`;

export const programs: readonly Case[] = [
  {
    name: "a program",
    files: {
      "inv.sh": listed(
        '{"web": {"hosts": ["w1", "w2"], "vars": {"a": 1.0, "t": "{{ a }}"}, "children": ["db"]}, "db": {"hosts": ["d1"]}, "_meta": {"hostvars": {"w1": {"b": [1], "u": {"__ansible_unsafe": "{{ x }}"}}, "d1": {}, "nobody": {"c": 1}}}}',
      ),
    },
    hosts: ["w1"],
  },
  {
    name: "a program without _meta",
    files: { "inv.sh": listed('{"web": {"hosts": ["w1", "w2"]}, "solo": {"hosts": ["s1"]}}') },
  },
  {
    name: "an old program",
    files: {
      "inv.sh": listed(
        '{"web": ["w1", "w2"], "s1": {"a": 1, "b": "x"}, "all": {"vars": {"v": 1}}, "_meta": {"hostvars": {}}}',
      ),
    },
  },
  {
    name: "a program and a file",
    files: {
      "inv/10.sh": listed(
        '{"web": {"hosts": ["w1"], "vars": {"a": "sh"}}, "_meta": {"hostvars": {"w1": {"b": "sh"}}}}',
      ),
      "inv/20.ini": "[web]\nw2 b=ini\n[web:vars]\nc=ini\n",
      "inv/group_vars/web.yml": "a: file\n",
    },
    sources: ["inv"],
    hosts: ["w1"],
  },
];

const hosts = `[web]
w1 os=debian size=3 tags="['a', 'b']" env=prod empty=""
w2 os=alpine size=1 tags="[]" env=
[db]
d1 os=debian size=9 meta="{'tier': 'gold', 'zone': ''}" env=dev
[web:vars]
role_of=web
derived={{ os }}-{{ size }}
`;

const made = (name: string, text: string, more: Partial<Case> = {}): Case => ({
  name,
  files: { "inv/1.ini": hosts, "inv/2.yml": text, ...more.files },
  sources: ["inv"],
  ...(more.hosts && { hosts: more.hosts }),
});

export const constructed: readonly Case[] = [
  made(
    "groups by conditions",
    `plugin: constructed
strict: false
groups:
  debian: os == 'debian'
  large: size > 2
  all_web: "'web' in group_names"
  not-safe: inventory_hostname.startswith('w')
  undefined_there: nothing == 1
  always: true
  wrong: size
`,
  ),
  made(
    "variables by expressions",
    `plugin: ansible.builtin.constructed
compose:
  double: size * 2
  text: "'x-' ~ os"
  list: "[os, size]"
  nothing_of: missing
  from_template: derived
  half: size / 2
  whole: size / 1
  times: "[size * 1.0, 2.0]"
  no_text: [size]
  number: 5
  when_defined: meta.tier | default('none')
  template_text: "'{' ~ '{ x }' ~ '}'"
`,
    { hosts: ["w1"] },
  ),
  made(
    "keyed groups",
    `plugin: constructed
keyed_groups:
  - key: os
  - key: os
    prefix: os
  - key: os
    prefix: os
    separator: "-"
  - key: tags
    prefix: tag
  - key: meta
    prefix: meta
  - key: size | string
    prefix: size
  - key: env
    prefix: env
    default_value: none
  - key: meta
    prefix: m
    default_value: unknown
  - key: meta
    prefix: t
    trailing_separator: false
  - key: empty
    prefix: e
  - key: os
    separator: ""
`,
  ),
  made(
    "keyed groups with parents",
    `plugin: constructed
leading_separator: false
keyed_groups:
  - key: os
    parent_group: systems
  - key: env
    prefix: env
    parent_group: "{{ role_of | default('others') }}_envs"
  - key: "'x y!' ~ size"
    prefix: ""
`,
  ),
  made(
    "made of variables beside it",
    `plugin: constructed
use_vars_plugins: true
groups:
  far: zone | default('') == 'far'
compose:
  zone_of: zone
`,
    { files: { "inv/group_vars/web.yml": "zone: far\n", "inv/host_vars/d1.yml": "zone: near\n" }, hosts: ["d1"] },
  ),
  made(
    "groups of groups that were made",
    `plugin: constructed
groups:
  debian: os == 'debian'
`,
    {
      files: {
        "inv/3.yml":
          "plugin: constructed\ngroups:\n  debian_web: \"'debian' in group_names and 'web' in group_names\"\n",
      },
    },
  ),
];
