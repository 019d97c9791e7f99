import { expect, test } from "vitest";
import { parseDeb822Sources, parseOneLineSources, renderSources, sourcesFor } from "./apt-sources.ts";

const deb822 = `# a comment
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates bookworm-backports
# in between
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example
Suites: bookworm
Components: main
`;

const oneLine = `# deb http://off.example bookworm main
deb [arch=amd64 signed-by=/etc/apt/keyrings/own.gpg] http://mirror.example/debian bookworm main # note
deb-src http://mirror.example/debian bookworm main
deb cdrom:[Debian]/ bookworm main
`;

test("both of apt's formats are read, without what is switched off", () => {
  expect(parseDeb822Sources(deb822).map(({ uris }) => uris[0])).toEqual([
    "http://mirror.example/debian",
    "http://mirror.example/debian-security",
  ]);
  expect(parseOneLineSources(oneLine)[0]).toEqual({
    uris: ["http://mirror.example/debian"],
    suites: ["bookworm"],
    signedBy: "/etc/apt/keyrings/own.gpg",
  });
});

test.each([
  { suite: "trixie", suites: [["trixie", "trixie-updates"], ["trixie-security"]] },
  { suite: "bookworm", suites: [["bookworm", "bookworm-updates"], ["bookworm-security"]] },
  { suite: "sid", suites: [["sid"]] },
] as const)("the machine's sources turn to $suite", ({ suite, suites }) => {
  expect(sourcesFor(suite, parseDeb822Sources(deb822), "bookworm").map((source) => source.suites)).toEqual(suites);
});

test("a machine that is not Debian has none to turn", () => {
  expect(sourcesFor("trixie", parseOneLineSources("deb http://mirror.example/ubuntu noble main"), "noble")).not.toEqual(
    [],
  );
  expect(sourcesFor("trixie", parseDeb822Sources(deb822), "noble")).toEqual([]);
  expect(sourcesFor("trixie", parseOneLineSources("deb cdrom:[Debian]/ bookworm main"), "bookworm")).toEqual([]);
});

test("a key given in full is kept as it is", () => {
  const [source] = parseDeb822Sources(
    "Types: deb\nURIs: http://m.example\nSuites: sid\nSigned-By:\n -----BEGIN-----\n .\n abc\n",
  );
  expect(renderSources([source as NonNullable<typeof source>])).toContain("Signed-By: \n -----BEGIN-----\n .\n abc\n");
});
