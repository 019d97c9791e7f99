import type { Case } from "./cases.ts";

export const yaml: readonly Case[] = [
  {
    name: "YAML",
    files: {
      "hosts.yml": `all:
  hosts:
    mail.example.com:
      ansible_host: 192.0.2.7
    alone:
  vars:
    x: all
    y: all
  children:
    web:
      hosts:
        w1: {x: w1}
        w2:
      vars:
        y: web
        when: 2024-02-29
        at: 2001-12-14t21:59:43.10-05:00
        mode: 0644
        float: 1.0
        small: 1.5e-7
        big: 123456789012345678901234567890
        yes_no: no
        text: "é {{ x }}"
        nothing:
        list: [1, a, null, true, {k: v}]
    db:
      hosts:
        d1:
      children:
        replicas:
          hosts: {d2: , d3: }
`,
    },
    hosts: ["w1", "d2"],
  },
  {
    name: "ranges and ports in YAML",
    files: {
      "hosts.yaml": `web:
  hosts:
    w[01:03].example: {a: 1}
    x[a:c]:2222:
    "[2001:db8::1]:22":
`,
    },
  },
  {
    name: "a host as a text",
    files: { "hosts.yml": "web:\n  hosts: w1\n  children: db\ndb:\n  hosts: {d1: {a: 1}}\n" },
  },
  {
    name: "the same group in two places",
    files: {
      "hosts.yml": `all:
  children:
    site:
      children:
        web:
    web:
      hosts:
        w1:
      vars: {a: 1}
web:
  hosts:
    w2:
  vars: {b: 2, a: 2}
site:
  vars: {a: 0, c: 3}
`,
    },
  },
  {
    name: "priority in YAML",
    files: {
      "hosts.yml":
        "a:\n  hosts: {h: }\n  vars: {v: a, ansible_group_priority: 5}\nb:\n  hosts: {h: }\n  vars: {v: b}\n",
    },
    hosts: ["h"],
  },
  {
    name: "JSON",
    files: { "hosts.json": '{"web": {"hosts": {"w1": {"a": 1e3, "b": "yes"}}, "vars": {"c": [1.0, null]}}}\n' },
  },
  { name: "YAML without an extension", files: { hosts: "web:\n  hosts:\n    w1:\n    w2: {x: 1}\n" } },
  {
    name: "encrypted and unsafe values",
    files: {
      "hosts.yml": `all:
  hosts:
    h1:
      password: !vault |
        $ANSIBLE_VAULT;1.1;AES256
        33386134353139323332
        6162
      raw: !unsafe "{{ x }}"
      nested: {a: !unsafe "{{ y }}", b: ["{{ z }}"]}
`,
    },
    hosts: ["h1"],
  },
  {
    name: "anchors and merges",
    files: {
      "hosts.yml": `web:
  vars: &base {a: 1, b: 2}
  hosts: {w1: {<<: *base, b: 3}}
db:
  vars:
    <<: *base
    c: 3
  hosts: {d1: }
`,
    },
  },
  {
    name: "names of variables that are no texts",
    files: { "hosts.yml": "web:\n  hosts:\n    w1:\n      map: {1: a, true: b, x: {2: c}}\n      443: d\n" },
  },
];
