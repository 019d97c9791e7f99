import { command } from "../../src/commands/command.ts";
import { raw } from "../../src/commands/raw.ts";
import { script } from "../../src/commands/script.ts";
import { shell } from "../../src/commands/shell.ts";
import { git } from "../../src/git/git.ts";
import type { ModuleExample } from "./module-example.ts";
import { ourFile } from "./our-files.ts";

const clear = "rm -rf /srv/law; mkdir -p /srv/law";
const repository = `${clear}; export HOME=/root GIT_AUTHOR_DATE=@0 GIT_COMMITTER_DATE=@0; cd /srv/law; git init -q -b main origin; cd origin; git config user.email a@b; git config user.name a; echo 1 >one; git add one; git commit -q -m one; git config --global --replace-all safe.directory '*'`;

/** Commands, and checkouts. The host has git. */
export const runningExamples: readonly ModuleExample[] = [
  {
    module: command,
    name: "once",
    params: { argv: ["touch", "/srv/law/done"], creates: "/srv/law/done" },
    reset: clear,
  },
  {
    module: shell,
    name: "while something is left",
    params: { cmd: "echo x >/srv/law/done", unless: "test -e /srv/law/done", changes: ["file:/srv/law/done"] },
    reset: clear,
  },
  { module: raw, name: "a line", params: { cmd: "true", changes: ["nothing"] } },
  {
    module: script,
    name: "a script of ours",
    params: { cmd: { file: ourFile("files/greet.sh"), words: "you" }, changes: ["file:/srv/t/greeted"] },
    reset: "rm -rf /srv/t; mkdir /srv/t",
    runsAgain: true,
  },
  { module: git, name: "a clone", params: { repo: "/srv/law/origin", dest: "/srv/law/checkout" }, reset: repository },
];
