import type { Case } from "./cases.ts";

export const ini: readonly Case[] = [
  {
    name: "hosts without groups, and groups",
    files: {
      "hosts.ini": `alone ansible_host=192.0.2.9
other

[web]
web-1 ansible_host=192.0.2.1 note='two words'
web-2   # the second
alone

[db]
db-1:2222
`,
    },
    hosts: ["web-1", "db-1"],
  },
  {
    name: "ranges",
    files: {
      "hosts.ini": `[numbers]
web[1:3]
db[01:03]
api[0:10:5].example.com
[letters]
x-[a:c]
y-[A:C]-z
[both]
r[1:2]-[a:b].example
[addresses]
10.0.0.[1:3]
h[:2]
`,
    },
  },
  {
    name: "addresses and ports",
    files: {
      "hosts.ini": `[v4]
192.0.2.1
192.0.2.2:2222
[v6]
[2001:db8::1]:22
2001:db8::2
::1
[names]
a.example.com:8022
b_c-d.example
[bracketed]
[host.example]:23
`,
    },
  },
  {
    name: "values that are Python's literals",
    files: {
      "hosts.ini": `[g]
h1 a=1 b=-2 c=1.0 d=1.5e3 e=1e3 f=0x1F g=0o17 h=0b11 i=1_000 j=007 k=0 l=00 m=.5 n=5. o=1.2.3
h2 a=True b=False c=None d=true e=yes f=null g=None1 h=nan i=inf
h3 a=[1,2] b="[1, 'x', None]" c="{'k': 1, 'l': [True]}" d=(1,2) e=1,2 f=1, g=() h="(1)" i={1,2} j="set()" k=[] l={} m=...
h4 a="'quoted'" b='"quoted"' c="'it''s'" d="b'bytes'" e="r'a\\\\n'" f="'a\\\\tb'" g="u'x' 'y'"
h5 a=1+2 b=a.b c=[x] d="{'a'}" e=-x f=--5 g="[1, 2" h=10.0.0.1 i=2024-01-01 j="- 5" k=+5 l=-0.0 m=99999999999999999999
h6 a= b="" c=" " d="''" e=1e999
`,
    },
  },
  {
    name: "literals in sections of variables",
    files: {
      "hosts.ini": `[g]
h
[g:vars]
a=1
b = spaces around
c = "quoted"
d = 'single'
e = [1, 2]  # a comment of Python's
f = text # not a comment
g = {"a": {"b": None}}
h=
i = "a" "b"
j = 0644
k = 1 # one
l = a=b=c
m = {{ a }}
n = ['{{ a }}', "x"]
o = "unclosed
p = C:\\path
q = 5 % 2
r = #
s = 'é'
t = True
u =    True
ansible_ssh_common_args='-o StrictHostKeyChecking=no'
`,
    },
    hosts: ["h"],
  },
  {
    name: "quotes and comments on hosts' lines",
    files: {
      "hosts.ini": `# a comment
; another
   # indented
[g]   # the group
h1 a="x # y" b='#' c=x#y
h2 a=x\\ y b="a\\"b" c='a"b' d="it's" e=a\\\\b f="a\\nb"
   h3   a=1	b=2
h4 a='one'"two"three # end
"h 5" a=1
`,
    },
  },
  {
    name: "children, before and after they are declared",
    files: {
      "hosts.ini": `[site:children]
web
db
[web]
w1
[site:vars]
x=site
y=site
z=site
[db:vars]
x=db
[db]
d1
[all:vars]
x=all
w=all
[web:vars]
x=web
y=web
[region:children]
site
extra
[extra]
e1 x=e1
`,
    },
    hosts: ["w1", "d1", "e1"],
  },
  {
    name: "a diamond of groups",
    files: {
      "hosts.ini": `[a]
h1
[b:children]
a
[c:children]
a
[d:children]
b
c
[e:children]
d
[a:vars]
v=a
[b:vars]
v=b
u=b
[c:vars]
v=c
u=c
t=c
[d:vars]
v=d
u=d
t=d
s=d
[e:vars]
s=e
r=e
`,
    },
    hosts: ["h1"],
  },
  {
    name: "priority of groups",
    files: {
      "hosts.ini": `[a]
h1
h2
[b]
h1
h2
[c]
h1
[a:vars]
v=a
ansible_group_priority=10
[b:vars]
v=b
[c:vars]
v=c
w=c
[d:children]
a
[d:vars]
v=d
w=d
ansible_group_priority=100
`,
    },
    hosts: ["h1", "h2"],
  },
  {
    name: "the same host many times",
    files: {
      "hosts.ini": `h1 a=1
[g]
h2
h1 a=2 b=2
[k]
h1 b=3
h2 a=k
h2
[g]
h3
`,
    },
  },
  {
    name: "groups that are empty, and hosts of all",
    files: {
      "hosts.ini": `[empty]
[also:children]
empty
[all]
h1
[ungrouped]
h2
[g]
h2
h3
`,
    },
  },
  {
    name: "names with dashes and dots",
    files: { "hosts.ini": "[web-servers]\nh1\n[1st]\nh2\n[a.b]\nh3\n[web-servers:vars]\nx=1\n" },
  },
  { name: "no extension", files: { hosts: "[web]\nw1\nw2 x=1\n\n[web:vars]\nurl=http://x: y\n" } },
  { name: "nothing", files: { "hosts.ini": "#\n" } },
  { name: "a group called as a host is", files: { "hosts.ini": "[g]\nh1\n[k:children]\ng\n" }, limit: "k" },
];
