import { hash } from "node:crypto";
import { assemble } from "../../src/files/assemble.ts";
import { blockinfile } from "../../src/files/blockinfile.ts";
import { copy } from "../../src/files/copy.ts";
import { fetch } from "../../src/files/fetch.ts";
import { fileModule } from "../../src/files/file.ts";
import { find } from "../../src/files/find.ts";
import { getUrl } from "../../src/files/get-url.ts";
import { iniFile } from "../../src/files/ini-file.ts";
import { lineinfile } from "../../src/files/lineinfile.ts";
import { replace } from "../../src/files/replace.ts";
import { slurp } from "../../src/files/slurp.ts";
import { stat } from "../../src/files/stat.ts";
import { tempfile } from "../../src/files/tempfile.ts";
import { template } from "../../src/files/template.ts";
import { unarchive } from "../../src/files/unarchive.ts";
import type { ModuleExample } from "./module-example.ts";
import { ourFile, ourPath } from "./our-files.ts";

const clear = "rm -rf /srv/law; mkdir -p /srv/law";
const notes = `${clear}; printf 'one\\ntwo\\n' >/srv/law/notes`;

/** Files, on a host that has some in /srv/law. */
export const fileExamples: readonly ModuleExample[] = [
  {
    module: assemble,
    name: "parts on the host",
    params: { src: "/srv/law/parts", dest: "/srv/law/whole", delimiter: "--\n" },
    reset: `${clear}; mkdir /srv/law/parts; echo a >/srv/law/parts/1; echo b >/srv/law/parts/2`,
  },
  { module: blockinfile, name: "a block", params: { path: "/srv/law/notes", block: "three\nfour" }, reset: notes },
  {
    module: copy,
    name: "a content",
    params: { dest: "/srv/law/motd", content: "hello\n", mode: "0640", owner: "daemon", group: "daemon" },
    reset: clear,
  },
  {
    module: copy,
    name: "a file of ours over another",
    params: { dest: "/srv/law/notes", src: ourFile("files/ours.txt") },
    reset: notes,
  },
  {
    module: copy,
    name: "a folder of ours",
    params: { dest: "/srv/law/www", src: ourPath("files/site"), mode: "0644", directory_mode: "0755" },
    reset: clear,
    makesFolders: true,
  },
  {
    module: copy,
    name: "on the host",
    params: { dest: "/srv/law/twin", src: "/srv/law/notes", remote_src: true },
    reset: notes,
  },
  {
    module: fetch,
    name: "what is not there",
    params: { src: "/srv/law/none", dest: "/nowhere", flat: true, fail_on_missing: false, inventory_hostname: "host" },
    reset: clear,
  },
  {
    module: fileModule,
    name: "a folder",
    params: { path: "/srv/law/a/b", state: "directory", mode: "0750", owner: "daemon" },
    reset: clear,
    makesFolders: true,
  },
  { module: fileModule, name: "a link", params: { path: "/srv/law/l", state: "link", src: "notes" }, reset: notes },
  {
    module: fileModule,
    name: "a touch",
    params: { path: "/srv/law/t", state: "touch" },
    reset: clear,
    isNeverTheSame: true,
  },
  { module: fileModule, name: "gone", params: { path: "/srv/law/notes", state: "absent" }, reset: notes },
  {
    module: fileModule,
    name: "all below",
    params: { path: "/srv/law", state: "directory", recurse: true, mode: "u=rwX,go=rX", group: "daemon" },
    reset: `${notes}; mkdir /srv/law/d; chmod 600 /srv/law/notes`,
  },
  { module: find, name: "by name", params: { paths: ["/srv/law"], patterns: ["n*"] }, reset: notes },
  {
    module: getUrl,
    name: "with a checksum",
    params: {
      url: "http://127.0.0.1:8080/page",
      dest: "/srv/law/page",
      checksum: `sha256:${hash("sha256", "page\n")}`,
    },
    reset: clear,
  },
  {
    module: iniFile,
    name: "an option",
    params: { path: "/srv/law/app.ini", section: "web", option: "port", value: "80" },
    reset: `${clear}; printf '[db]\\nhost = x\\n\\n[web]\\nport = 1\\n' >/srv/law/app.ini`,
  },
  { module: lineinfile, name: "a line", params: { path: "/srv/law/notes", regexp: "^tw", line: "2" }, reset: notes },
  { module: replace, name: "words", params: { path: "/srv/law/notes", regexp: "o", replace: "0" }, reset: notes },
  { module: slurp, name: "a file", params: { src: "/srv/law/notes" }, reset: notes },
  { module: stat, name: "a file", params: { path: "/srv/law/notes" }, reset: notes },
  {
    module: tempfile,
    name: "a folder",
    params: { state: "directory", path: "/srv/law" },
    reset: clear,
    isNeverTheSame: true,
  },
  {
    module: template,
    name: "a text",
    params: { src: "listen 80;\n", dest: "/srv/law/site.conf", mode: "0644", validate: "grep listen %s" },
    reset: clear,
  },
  {
    module: unarchive,
    name: "an archive on the host",
    params: { src: "/srv/law/a.tar", dest: "/srv/law/out", remote_src: true },
    reset: `${clear} /srv/law/out /srv/law/in/d; rm -rf /var/lib/evenkeel/unpacked; echo x >/srv/law/in/d/x; tar -C /srv/law/in -cf /srv/law/a.tar --mtime=@0 .; rm -r /srv/law/in`,
  },
];
