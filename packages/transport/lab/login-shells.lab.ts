import { skewClock } from "@evenkeel/lab";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Wired } from "./faults/proxied.ts";
import { wired } from "./faults/proxied.ts";
import { Stage } from "./stage.ts";

/** Whatever greets us at login, and whatever world we are put into, the answers are the same (R19). */
let stage: Stage;
const host = () => stage.host("odd");

/** Says things on both streams, looks like a frame, reads what is not its own, and asks the terminal who it is. */
const noise =
  "echo Welcome; echo 'last login: never' >&2; printf '\\036deadbeef<\\n\\036deadbeef>0\\n'; printf '\\033[c\\033]11;?\\007'; stty sane 2>/dev/null";

const shells = {
  bash: {
    program: "/bin/bash",
    file: ".bashrc",
    lines: `${noise}\nalias printf=false\nread() { :; }; export -f read\nset -u`,
  },
  dash: { program: "/bin/dash", file: ".profile", lines: `${noise}; exit 3` },
  fish: {
    program: "/usr/bin/fish",
    file: ".config/fish/config.fish",
    lines: "echo Welcome; echo hm >&2; function printf; end",
  },
  csh: { program: "/bin/csh", file: ".cshrc", lines: "echo Welcome; setenv IFS x; alias sh echo no" },
  tcsh: { program: "/usr/bin/tcsh", file: ".tcshrc", lines: "echo Welcome; set prompt='%n> '" },
  zsh: { program: "/bin/zsh", file: ".zshenv", lines: `${noise}; setopt sh_word_split; export IFS=:` },
} as const;

beforeAll(async () => {
  stage = await Stage.set({ name: "odd" });
  await host().shell(
    "apt-get install -y -q --no-install-recommends fish tcsh csh zsh locales >/dev/null 2>&1 || (apt-get update -q && apt-get install -y -q --no-install-recommends fish tcsh csh zsh locales) >/dev/null",
  );
  await host().shell("localedef -i tr_TR -f UTF-8 tr_TR.UTF-8");
  for (const [name, { program, file, lines }] of Object.entries(shells)) {
    await host().shell(
      `set -e; test -x ${program}; useradd -m -s ${program} u-${name}; home=/home/u-${name}
mkdir -p $home/.ssh "$home/$(dirname ${file})"; cp /root/.ssh/authorized_keys $home/.ssh/; cat >$home/${file}; chown -R u-${name} $home`,
      { stdin: `${lines}\n` },
    );
  }
});
afterEach(() => stage.closeAll());
afterAll(() => stage?.[Symbol.asyncDispose]());

/** What must be the same for everybody. */
const questions = [
  "echo ok",
  "printf '%s|' a 'b c'; echo",
  "umask",
  "locale 2>/dev/null | grep LC_ALL=; echo I | tr A-Z a-z",
  "command -v useradd fdisk",
  "ls /nowhere",
  "date -d @0 +%B",
  "set -- $(echo a:b c); echo $#",
];

async function answers(transport: Wired, user: string) {
  const connection = stage.connect(host(), { transport, user });
  const said = await connection.exchange(questions.map((script) => ({ script })));
  const outcome = await connection.job({
    id: crypto.randomUUID(),
    argv: ["sh", "-c", "umask; echo $LC_ALL; cat"],
    stdin: "in",
  });
  await connection.put({ path: `/tmp/by-${user}`, content: user });
  return [
    ...said.map(({ code, stdout, stderr }) => ({ code, stdout: `${stdout}`, stderr: `${stderr}` })),
    { kind: outcome.kind, stdout: `${outcome.stdout}` },
  ];
}

describe.each(wired)("%s", (transport) => {
  test.each(Object.keys(shells))("the login shell is %s, and talkative", async (name) => {
    expect(await answers(transport, `u-${name}`)).toEqual(await answers(transport, "deploy"));
  });

  const world =
    "LC_ALL=tr_TR.UTF-8\nLANG=tr_TR.UTF-8\nTZ=Asia/Kathmandu\nPOSIXLY_CORRECT=1\nCDPATH=/\nENV=/root/env\nBASH_ENV=/root/env\nGREP_OPTIONS=-v\nIFS=x\n";
  test("the locale, time zone and environment are strange", async () => {
    const usual = await answers(transport, "deploy");
    await host().shell(
      `printf '${world}' >/etc/environment; echo 'echo env; exit 9' >/root/env; echo 'umask 077' >/home/deploy/.profile`,
    );
    expect(await answers(transport, "deploy")).toEqual(usual);
    await host().shell(": >/etc/environment; rm /home/deploy/.profile");
  });

  test("PATH leads nowhere, and there is no home", async () => {
    const usual = await answers(transport, "deploy");
    await host().shell(
      "echo PATH=/nowhere >/etc/environment; mv /home/deploy /home/away; mkdir /home/deploy; cp -a /home/away/.ssh /home/deploy/; chown root /home/deploy; chmod 755 /home/deploy",
    );
    expect(await answers(transport, "deploy")).toEqual(usual);
    await host().shell(": >/etc/environment; rm -rf /home/deploy; mv /home/away /home/deploy");
  });

  test("somebody else waits where the records would be", async () => {
    const job = { id: crypto.randomUUID(), argv: ["touch", "/tmp/evk-planted"] };
    await host().shell("chown root /home/deploy; chmod 755 /home/deploy; mkdir -m 777 /tmp/trap");
    for (const trap of ["mkdir -m 777", "ln -s /tmp/trap"]) {
      await host().shell(`rm -rf /var/tmp/evenkeel-1000; ${trap} /var/tmp/evenkeel-1000`);
      const refused = stage.connect(host(), { transport, user: "deploy" }).job(job);
      await expect(refused).rejects.toMatchObject({
        code: "transport/job-not-started",
        detail: expect.stringContaining("no place to record jobs"),
      });
    }
    expect((await host().shell("ls -A /tmp/trap; ls /tmp | grep planted || true")).stdout).toBe("");
    await host().shell("rm -rf /var/tmp/evenkeel-1000 /tmp/trap; chown deploy /home/deploy; chmod 700 /home/deploy");
  });

  test.each([-3600, 3600])("the clock is wrong by %d seconds", async (seconds) => {
    const usual = await answers(transport, "deploy");
    const skewed = await skewClock(host(), seconds);
    expect(await answers(transport, "deploy")).toEqual(usual);
    await skewed.undo();
  });

  test("a login shell that lets nobody in is said", async () => {
    await host().shell("usermod -s /usr/sbin/nologin u-dash");
    const connection = stage.connect(host(), { transport, user: "u-dash" });
    await expect(connection.exchange([{ script: "true" }])).rejects.toMatchObject({
      name: "ConnectError",
      code: "connect/no-shell",
      detail: expect.stringContaining("status 1"),
    });
    await host().shell("usermod -s /bin/dash u-dash");
  });
});
