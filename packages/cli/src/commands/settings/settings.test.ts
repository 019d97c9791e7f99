import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { settingsFor } from "./settings.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

function configuration(text: string, path = at("ansible.cfg")): void {
  writeFileSync(path, text);
}

const settled = (given: object = {}, environment: Readonly<Record<string, string>> = {}) =>
  settingsFor({ ...given }, environment, folder);

describe("ansible.cfg", () => {
  test("paths are relative to it, and a comment may stand behind a value", async () => {
    configuration(`# as people have it
[defaults]
inventory = hosts.ini, more   ; both
roles_path = roles:~/roles:/opt/roles
remote_user = deploy
forks=7
host_key_checking = False
stdout_callback = yaml
vault_password_file = secrets/password
vault_identity_list = prod@secrets/prod, dev@prompt, plain
[privilege_escalation]
become = yes
become_user = app
`);
    expect(await settled()).toEqual({
      inventory: [at("hosts.ini"), at("more")],
      rolesPath: [at("roles"), join(process.env.HOME ?? "", "roles"), "/opt/roles"],
      user: "deploy",
      forks: 7,
      vaultPasswordFile: [at("secrets/password")],
      vaultId: [`prod@${at("secrets/prod")}`, "dev@prompt", at("plain")],
      become: true,
      becomeUser: "app",
    });
  });

  test("the command line comes before the environment, and that before the file; vault passwords add up", async () => {
    configuration("[defaults]\nremote_user = file\nforks = 3\nroles_path = a\nvault_identity_list = one@x\n");
    const environment = { ANSIBLE_REMOTE_USER: "environment", EVENKEEL_FORKS: "4", ANSIBLE_FORKS: "5" };
    expect(await settled({ user: "given", vaultId: ["two@y"] }, environment)).toEqual({
      forks: 4,
      rolesPath: [at("a")],
      vaultId: [`one@${at("x")}`, "two@y"],
    });
    // These are asked for where passwords are.
    expect(await settled({}, { ANSIBLE_VAULT_IDENTITY_LIST: "a@b" })).not.toHaveProperty("vaultId");
  });

  test("may be named, as a file or by its folder", async () => {
    mkdirSync(at("etc"));
    configuration("[defaults]\nremote_user = there\nprivate_key_file = key\n", at("etc/ansible.cfg"));
    for (const named of [at("etc"), "etc/ansible.cfg"])
      expect(await settled({}, { ANSIBLE_CONFIG: named })).toEqual({ user: "there", privateKey: at("etc/key") });
  });

  test("is not taken from a folder that everybody may write to", async () => {
    configuration("[defaults]\nremote_user = mallory\n");
    chmodSync(folder, 0o777);
    expect(await settled()).toEqual({});
  });

  test.each([
    ["hash_behaviour = merge", "combine("],
    ["any_errors_fatal = True", "any_errors_fatal: true"],
    ["no_log=yes", "no_log: true"],
    ["jinja2_extensions = jinja2.ext.do,their.own", "do not come along"],
  ])("%s, which would change what playbooks mean, is refused at its line", async (line, hint) => {
    configuration(`[defaults]\nforks = 5\n${line}\n`);
    await expect(settled()).rejects.toMatchObject({
      code: "cli/setting",
      place: { file: at("ansible.cfg"), line: 3, column: 1 },
      hint: expect.stringContaining(hint),
    });
  });

  test("what a setting cannot be is said where it stands", async () => {
    configuration("[defaults]\nforks = many\n");
    const place = { file: at("ansible.cfg"), line: 2, column: 1 };
    await expect(settled()).rejects.toMatchObject({
      code: "cli/setting",
      place,
      message: expect.stringMatching(/many.*number/),
    });
    await expect(settled({ forks: 2 }, { ANSIBLE_BECOME: "perhaps" })).rejects.toThrow(/ANSIBLE_BECOME.*yes or no/);
  });

  test("what is broken is said to be", async () => {
    configuration("inventory = hosts\n");
    await expect(settled()).rejects.toMatchObject({ code: "cli/setting" });
  });

  test("has its roles and hosts found by the command", () => {
    mkdirSync(at("shared/web/tasks"), { recursive: true });
    writeFileSync(at("shared/web/tasks/main.yml"), "- debug: { msg: hello }\n");
    writeFileSync(at("machines"), "[web]\nweb-1\n");
    mkdirSync(at("plays"));
    writeFileSync(at("plays/site.yml"), "- hosts: web\n  roles: [web]\n");
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [join(import.meta.dirname, "../../main.mjs"), ...words], {
        ...{ cwd: folder, encoding: "utf8" },
      });
    expect(run("check", "plays/site.yml").status).not.toBe(0);
    configuration("[defaults]\ninventory = machines\nroles_path = shared\n");
    const checked = run("check", "plays/site.yml");
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    expect(run("inventory").stdout).toContain("web-1");
  });
});
