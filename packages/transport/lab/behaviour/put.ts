import { randomBytes } from "node:crypto";
import { quote, Secret } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PutFile } from "../../src/index.ts";
import { soon } from "../soon.ts";
import type { Way } from "./way.ts";

const at = "/srv/put";

/** How much there is of each: what travels in one block, and what just does not. */
const sizes = [0, 1, 4095, 65_535, 65_536, 65_537, 131_072, 196_609, 1_048_577];

/** Names that a shell, a program or a terminal may take for something else. */
const names = [
  "with space",
  "'",
  '"',
  "a'b\"c",
  "$(touch x)",
  "`id`",
  "-rf",
  "--",
  "*",
  "~",
  "\\",
  "é ü 漢字",
  "%s",
  "#",
  "a\nb",
  ";",
  ".hidden",
];

export function putBehaves(way: Way): void {
  const put = (file: PutFile) => way.connection.put(file);
  const contentOf = (path: string) => way.see(`cat '${path}'`);
  const attributesOf = (path: string) => way.see(`stat -c '%a %U:%G' '${path}'`);
  const isDebian = way.to !== "tiny";

  describe("put", () => {
    beforeAll(async () => {
      await way.see(`rm -rf ${at}; mkdir -p ${at}`);
    });
    afterAll(async () => {
      expect(await way.see("find /srv /tmp /root -name '.evenkeel*'")).toBe("");
    });

    test.each(sizes)("%i bytes", async (size) => {
      const content = randomBytes(size);
      await put({ path: `${at}/sized`, content });
      const back: Buffer[] = [];
      await way.connection.get(`${at}/sized`, (bytes) => void back.push(Buffer.from(bytes)));
      expect(Buffer.concat(back).equals(content)).toBe(true);
    });

    test("names of all kinds", async () => {
      for (const name of names) await put({ path: `${at}/${name}`, content: `called ${name}` });
      for (const name of names) {
        const back: Buffer[] = [];
        await way.connection.get(`${at}/${name}`, (bytes) => void back.push(bytes));
        expect(`${Buffer.concat(back)}`).toBe(`called ${name}`);
        const path = quote(`${at}/${name}`);
        expect(await way.see(`cat ${path}; rm -- ${path}`)).toBe(`called ${name}`);
      }
    });

    test("text, a secret, a local file; and many at once", async () => {
      await Promise.all([
        ...Array.from({ length: 20 }, (_, number) => put({ path: `${at}/many${number}`, content: `${number}` })),
        put({ path: `${at}/secret`, content: new Secret("hidden"), mode: "0600" }),
        way.read("echo between"),
        put({ path: `${at}/local`, content: { localFile: "/etc/passwd" } }),
      ]);
      expect(await way.see(`cd ${at}; cat secret; for n in 0 7 19; do cat many$n; done`)).toBe("hidden0719");
      expect(await contentOf(`${at}/local`)).toContain("root:");
      await expect(put({ path: `${at}/x`, content: { localFile: "/no/such" } })).rejects.toMatchObject({
        code: "files/unreadable",
      });
    });

    test("a new file is 0644 and ours, or what was said", async () => {
      await put({ path: `${at}/plain`, content: "" });
      await put({ path: `${at}/said`, content: "", mode: "4710", owner: "deploy", group: "nogroup" });
      await put({ path: `${at}/by-number`, content: "", mode: "0600", owner: "1000", group: "65534" });
      expect(await attributesOf(`${at}/plain`)).toBe("644 root:root");
      expect(await attributesOf(`${at}/said`)).toBe("4710 deploy:nogroup");
      expect(await attributesOf(`${at}/by-number`)).toBe("600 deploy:nogroup");
    });

    test("an old file keeps what nothing was said about", async () => {
      await way.see(`echo old >${at}/old; chmod 2750 ${at}/old; chown deploy:nogroup ${at}/old; chmod 2750 ${at}/old`);
      await put({ path: `${at}/old`, content: "new" });
      expect(await attributesOf(`${at}/old`)).toBe("2750 deploy:nogroup");
      await put({ path: `${at}/old`, content: "newer", mode: "0640" });
      expect(await attributesOf(`${at}/old`)).toBe("640 deploy:nogroup");
      await put({ path: `${at}/old`, content: "newest", owner: "root" });
      expect(await attributesOf(`${at}/old`)).toBe("640 root:nogroup");
      expect(await contentOf(`${at}/old`)).toBe("newest");
    });

    test("its time is that of the change", async () => {
      await way.see(`echo old >${at}/timed; touch -t 202001010000 ${at}/timed`);
      await put({ path: `${at}/timed`, content: "new" });
      expect(Number(await way.see(`echo $(($(date +%s) - $(stat -c %Y ${at}/timed)))`))).toBeLessThan(60);
    });

    test("a setgid folder gives its group, and stays as it is", async () => {
      await way.see(`mkdir -p ${at}/shared; chgrp deploy ${at}/shared; chmod 2775 ${at}/shared`);
      await put({ path: `${at}/shared/new`, content: "" });
      expect(await attributesOf(`${at}/shared/new`)).toBe("644 root:deploy");
      expect(await attributesOf(`${at}/shared`)).toBe("2775 root:deploy");
    });

    test.each([
      ["replaced", {}, "", "new", "old"],
      ["followed", { links: "follow" }, "target", "new", "new"],
    ] as const)("a link is %s", async (_name, more, link, seen, target) => {
      await way.see(
        `cd ${at}; rm -rf links; mkdir -p links/deep; printf old >links/deep/target; ln -s deep/target links/link`,
      );
      await put({ path: `${at}/links/link`, content: "new", ...more });
      expect(await way.see(`cd ${at}/links; basename "$(readlink link)"; cat link; echo; cat deep/target`)).toBe(
        `${link}\n${seen}\n${target}`,
      );
    });

    test("a link that leads nowhere is replaced, and not followed", async () => {
      await way.see(`ln -sf nowhere/at/all ${at}/dangling`);
      await expect(put({ path: `${at}/dangling`, content: "new", links: "follow" })).rejects.toMatchObject({
        code: "files/dangling-link",
      });
      expect(await way.see(`readlink ${at}/dangling`)).toBe("nowhere/at/all");
      await put({ path: `${at}/dangling`, content: "new" });
      expect(await contentOf(`${at}/dangling`)).toBe("new");
    });

    test("another name of the same file is let be", async () => {
      await way.see(`cd ${at}; echo old >one; ln one two`);
      await put({ path: `${at}/one`, content: "new" });
      expect(await contentOf(`${at}/two`)).toBe("old");
    });

    test.each([
      ["a folder in the way", `${at}/folder`, "files/is-directory"],
      ["no folder to be in", `${at}/none/file`, "files/no-temp"],
      ["a file for a folder", "/etc/passwd/file", "files/no-temp"],
      ["/proc", "/proc/sys/none", "files/no-temp"],
    ])("%s is said, and nothing changed", async (_name, path, code) => {
      await way.see(`mkdir -p ${at}/folder; echo in >${at}/folder/in`);
      await expect(put({ path, content: "x".repeat(100_000) })).rejects.toMatchObject({ name: "StepError", code });
      expect(await way.read("echo alive")).toBe("alive\n");
      expect(await contentOf(`${at}/folder/in`)).toBe("in");
    });

    test.each(["relative", "", "/ends/with/"])("%j is no path of a file", async (path) => {
      await expect(put({ path, content: "" })).rejects.toMatchObject({ code: "files/path" });
    });

    test.each([false, true])("what validation refuses is not there (in place: %s)", async (inPlace) => {
      await way.see(`printf old >${at}/checked; chmod 600 ${at}/checked`);
      const validate = ["sh", "-c", 'cat "$1"; grep -q good "$1" && [ "$2" = "a b%" ]', "sh", "%s", "a b%"];
      const refused = put({ path: `${at}/checked`, content: "bad content", validate, inPlace });
      await expect(refused).rejects.toMatchObject({ code: "files/refused", detail: "bad content" });
      expect(await contentOf(`${at}/checked`)).toBe("old");
      await put({ path: `${at}/checked`, content: "good content", validate, inPlace });
      expect(await contentOf(`${at}/checked`)).toBe("good content");
      expect(await attributesOf(`${at}/checked`)).toBe("600 root:root");
    });

    test("in place, the file stays the same one, with what was said", async () => {
      await way.see(`printf 'a longer old text' >${at}/kept; chown deploy ${at}/kept; chmod 644 ${at}/kept`);
      const before = await way.see(`stat -c %i ${at}/kept`);
      await put({ path: `${at}/kept`, content: "new", inPlace: true, mode: "0640" });
      expect(await way.see(`stat -c %i ${at}/kept; cat ${at}/kept`)).toBe(`${before}\nnew`);
      expect(await attributesOf(`${at}/kept`)).toBe("640 deploy:root");
      await put({ path: `${at}/made`, content: "new", inPlace: true, mode: "0600" });
      expect(await attributesOf(`${at}/made`)).toBe("600 root:root");
    });

    test("an unknown owner is refused, and the file is as it was", async () => {
      await way.see(`printf old >${at}/owned`);
      await expect(put({ path: `${at}/owned`, content: "new", owner: "nobody-knows" })).rejects.toMatchObject({
        code: "files/attributes",
      });
      await expect(put({ path: `${at}/owned`, content: "new", mode: "99" })).rejects.toMatchObject({
        code: "files/mode",
      });
      expect(await contentOf(`${at}/owned`)).toBe("old");
    });

    test.runIf(isDebian)("nobody else reads a private file at any moment", async () => {
      await way.see(
        `rm -rf ${at}/open; mkdir ${at}/open; chmod 755 ${at}/open; echo old >${at}/open/rename; echo old >${at}/open/place`,
      );
      const spying = way.host.run(["perl", "-e", spy, `${at}/open`], { user: "deploy" });
      await soon(() => way.see(`test -e /tmp/spying && echo yes || true`), "yes");
      const content = "private".repeat(20_000);
      for (let round = 0; round < 5; round++) {
        await put({ path: `${at}/open/rename`, content, mode: "0600" });
        await put({ path: `${at}/open/new${round}`, content, mode: "0600" });
        await put({ path: `${at}/open/place`, content, mode: "0600", inPlace: true });
        await put({ path: `${at}/open/place-new${round}`, content, mode: "0600", inPlace: true });
        await way.see(`for f in rename place; do : >${at}/open/$f; chmod 644 ${at}/open/$f; done`);
      }
      await way.host.run(["rm", "/tmp/spying"]);
      const { stdout } = await spying;
      expect(stdout).toMatch(/^looked \d{2,} times\n$/);
    });

    test.runIf(isDebian)("a file's ACL, extended attributes and capabilities are kept", async () => {
      await way.see(
        `command -v setcap && command -v setfacl && command -v setfattr || apt-get install -y -q --no-install-recommends acl attr libcap2-bin`,
      );
      const look = `cd ${at}; getfacl -cp rich; getfattr -d rich; getcap rich; stat -c %a rich`;
      await way.see(
        `cd ${at}; echo old >rich; chmod 750 rich; setfacl -m u:deploy:rw rich; setfattr -n user.note -v kept rich`,
      );
      await way.host.enter(["setcap", "cap_net_bind_service=ep", `${at}/rich`]);
      const before = await way.see(look);
      expect(before).toContain("cap_net_bind_service");
      await put({ path: `${at}/rich`, content: "new" });
      expect(await way.see(look)).toBe(before);
      expect(await contentOf(`${at}/rich`)).toBe("new");
    });
  });
}

/**
 * Tries to read everything under a folder, over and over, until told to stop; says what it could read of what is private.
 * Who had a file open before it became private may read on in it when it is written in place: only who can open it then counts.
 */
const spy = String.raw`
open my $begin, ">", "/tmp/spying"; close $begin; my $times = 0; my %seen;
while (-e "/tmp/spying") {
  $times++;
  for my $path (glob("$ARGV[0]/* $ARGV[0]/.evenkeel*/* /tmp/.evenkeel*/*")) {
    open(my $file, "<", $path) or next; read($file, my $text, 7); close $file;
    next if $text ne "private";
    $seen{$path} = 1 if $path !~ m{/place$} || open(my $again, "<", $path);
  }
}
print "read $_\n" for sort keys %seen; print "looked $times times\n";`;
