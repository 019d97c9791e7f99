import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { aptRepository } from "./apt-repository.ts";
import { deb822Repository } from "./deb822-repository.ts";
import { deb822Text } from "./deb822-text.ts";
import { parseSourceLine, putSource, removeSource, sourcesFileName } from "./source-line.ts";

/** As Ansible 2.19 wrote it. */
const written = `Components: main contrib
Enabled: yes
X-Repolib-Name: Shop Stable_2
Signed-By:
    -----BEGIN PGP PUBLIC KEY BLOCK-----
    .
    mDME
    -----END PGP PUBLIC KEY BLOCK-----
Suites: trixie
Types: deb deb-src
URIs: https://shop.example/debian
`;
const key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n";
const repository = {
  name: "Shop Stable_2",
  types: ["deb", "deb-src"],
  uris: ["https://shop.example/debian"],
  suites: ["trixie"],
  components: ["main", "contrib"],
  enabled: true,
};

test("a .sources file is as Ansible writes it", () => {
  expect(deb822Text({ ...repository, signed_by: key, mode: "0644", state: "present", trusted: undefined })).toBe(
    written,
  );
});

const params: Parameters<typeof deb822Repository.observe>[0] = {
  ...repository,
  types: ["deb"],
  state: "present",
  mode: "0644",
};
const answers = (state: object, keyState: "absent" | "present" = "absent") => {
  const path = {
    kind: "file",
    key: "/etc/apt/sources.list.d/shop-stable-2.sources",
    state: state as { readonly type: "absent" },
  };
  const keys = ["asc", "gpg"].map((end) => ({
    kind: "apt-key",
    key: `/etc/apt/keyrings/shop-stable-2.${end}`,
    state: { state: keyState },
  }));
  return { current: path, followed: path, folders: [], keys };
};
const actions = (changes: readonly { readonly action: string; readonly kind: string; readonly key: string }[]) =>
  changes.map((each) => `${each.action} ${each.kind} ${each.key}`);
const sourcesFile = "/etc/apt/sources.list.d/shop-stable-2.sources";

test.each([
  { name: "absent", state: { type: "absent" }, more: {}, changes: [`ensure file ${sourcesFile}`] },
  { name: "unsettled", state: unsettled("a package brings it"), more: {}, changes: [`ensure file ${sourcesFile}`] },
  {
    name: "drifted",
    state: { type: "file", text: "x", sha256: "x", mode: "0644" },
    more: {},
    changes: [`ensure file ${sourcesFile}`],
  },
  {
    name: "with a key to fetch",
    state: { type: "absent" },
    more: { signed_by: "https://shop.example/key.gpg" },
    changes: ["ensure apt-key /etc/apt/keyrings/shop-stable-2.gpg", `ensure file ${sourcesFile}`],
  },
  {
    name: "to be absent",
    state: { type: "file", text: "x" },
    more: { state: "absent" },
    changes: [`remove file ${sourcesFile}`],
  },
] as const)("deb822_repository: $name", ({ state, more, changes }) => {
  expect(actions(deb822Repository.plan(answers(state), { ...params, ...more } as never))).toEqual(changes);
});

test("its keys go with it", () => {
  const changes = deb822Repository.plan(answers({ type: "absent" }, "present"), { ...params, state: "absent" });
  expect(actions(changes)).toEqual([
    "remove apt-key /etc/apt/keyrings/shop-stable-2.asc",
    "remove apt-key /etc/apt/keyrings/shop-stable-2.gpg",
  ]);
});

const line = "deb [arch=amd64] https://user:pw@shop.example:8080/debian trixie main";

test("lines are read, and files are named after their address", () => {
  expect(parseSourceLine("  deb  http://x  y main # z")).toEqual({ isEnabled: true, source: "deb http://x y main" });
  expect(parseSourceLine("#deb-src http://x y")).toEqual({ isEnabled: false, source: "deb-src http://x y" });
  expect(parseSourceLine("# a comment")).toBeUndefined();
  expect(sourcesFileName(line, undefined)).toBe("/etc/apt/sources.list.d/shop_example_8080_debian.list");
  expect(sourcesFileName(line, "shop")).toBe("/etc/apt/sources.list.d/shop.list");
});

test("a line is added, put back, and taken away", () => {
  expect(putSource("deb a b\n", "deb c d")).toBe("deb a b\ndeb c d\n");
  expect(putSource("# deb c d\n", "deb c d")).toBe("deb c d\n");
  expect(putSource("deb  c  d # mine\n", "deb c d")).toBe("deb  c  d # mine\n");
  expect(removeSource("x\ndeb c d\n#deb c d\n", "deb c d")).toBe("x\n#deb c d\n");
});

const lists = { kind: "package-lists", key: "apt", state: { state: "present", ageSeconds: 5 } as const };
const file = { kind: "file", key: "/etc/apt/sources.list.d/x.list", state: { type: "absent" } as const };
const sources = (text: string) => ({
  kind: "apt-sources",
  key: "one-line",
  state: { files: text === "" ? [] : [{ path: "/etc/apt/sources.list", text }] },
});
const repo = {
  repo: "deb http://x y main",
  state: "present",
  update_cache: true,
  update_cache_retries: 5,
  update_cache_retry_max_delay: 12,
  install_python_apt: true,
  validate_certs: true,
  filename: "x",
} as const;
const plan = (text: string, more: object = {}) =>
  actions(
    aptRepository.plan(
      { current: file, followed: file, long: file, folders: [], sources: sources(text), lists },
      { ...repo, ...more },
    ),
  );

test.each([
  {
    name: "absent",
    text: "",
    more: {},
    changes: ["ensure file /etc/apt/sources.list.d/x.list", "run package-lists apt"],
  },
  {
    name: "absent, and the lists may stay",
    text: "",
    more: { update_cache: false },
    changes: ["ensure file /etc/apt/sources.list.d/x.list"],
  },
  { name: "present in another file", text: "deb http://x  y main\n", more: {}, changes: [] },
  {
    name: "to be absent, wherever it is",
    text: "deb http://x y main\ndeb z\n",
    more: { state: "absent" },
    changes: ["ensure file /etc/apt/sources.list", "run package-lists apt"],
  },
  { name: "to be absent, and is", text: "", more: { state: "absent" }, changes: [] },
])("apt_repository: $name", ({ text, more, changes }) => expect(plan(text, more)).toEqual(changes));

test.each(["ppa:some/one", "http://x", "rpm x y"])("%s is refused", (line) => {
  expect(() => aptRepository.observe({ ...repo, repo: line })).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^apt-repository\//) }),
  );
});
