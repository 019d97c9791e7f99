import { execFileSync } from "node:child_process";
import type { Observed } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { DesiredMount, MountState } from "./mount.ts";
import { mount, remount } from "./mount.ts";

const at = (state: Observed<MountState>["state"]) => ({ kind: "mount", key: "/srv/data", state });
const there = { state: "present", source: "/dev/vdb", root: "/", fstype: "ext4", options: "rw" } as const;
const words = (steps: Observed["state"] | readonly unknown[] = []) =>
  (steps as readonly { readonly argv: readonly string[] }[]).map(({ argv }) =>
    (argv[0] === "sh" ? argv.slice(4) : argv).join(" "),
  );
const fromFstab: DesiredMount = { state: "present", from: { fstab: "/etc/fstab" } };
const ephemeral: DesiredMount = { state: "present", from: { source: "tmpfs", fstype: "tmpfs", options: "size=1m" } };

test.each([
  { name: "mounted, as wanted", state: there, desired: fromFstab, steps: [], undo: [] },
  {
    name: "to be mounted",
    state: { state: "absent", hasFolder: true },
    desired: fromFstab,
    steps: ["/srv/data -- /srv/data"],
    undo: ["umount -- /srv/data"],
  },
  {
    name: "to be mounted, the folder is missing",
    state: { state: "absent" },
    desired: ephemeral,
    steps: ["/srv/data -t tmpfs -o size=1m -- tmpfs /srv/data"],
    undo: ["umount -- /srv/data", "rmdir -- /srv/data"],
  },
  { name: "not mounted, as wanted", state: { state: "absent" }, desired: { state: "absent" }, steps: [], undo: [] },
  {
    name: "to be unmounted",
    state: there,
    desired: { state: "absent", removesFolder: true },
    steps: ["umount -- /srv/data", "rmdir -- /srv/data"],
    undo: ["/srv/data -t ext4 -o rw -- /dev/vdb /srv/data"],
  },
  {
    name: "only its folder is left",
    state: { state: "absent", hasFolder: true },
    desired: { state: "absent", removesFolder: true },
    steps: ["rmdir -- /srv/data"],
    undo: ["mkdir -p -- /srv/data"],
  },
  {
    name: "unsettled",
    state: unsettled("fstab changes"),
    desired: fromFstab,
    steps: ["/srv/data -- /srv/data"],
    undo: [],
  },
] as const)("$name", ({ state, desired, steps, undo }) => {
  const [change] = mount.ensure(at(state), desired);
  expect(words(change?.steps)).toEqual(steps);
  expect(words(change?.undo)).toEqual(undo);
});

test("a remount is an act", () => {
  expect(remount(at(there), "/etc/other")).toMatchObject({ action: "reload", interrupts: "reload" });
  expect(words(remount(at(there), "/etc/other", "ro").steps)).toEqual(["/srv/data -T /etc/other ,ro"]);
});

test("mountinfo is read: escapes, binds, and the last at one place", () => {
  const printed = `folder
none
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:5 / /with\\040space ro - tmpfs tmp\\040fs rw
31 22 8:1 /from /bound rw - ext4 /dev/vda1 rw
32 22 8:2 / / rw - ext4 /dev/over rw
`;
  expect(Object.fromEntries(mount.parse(Buffer.from(printed), ["/", "/with space"]))).toEqual({
    "/": { state: "present", source: "/dev/over", root: "/", fstype: "ext4", options: "rw" },
    "/with space": { state: "present", source: "tmp fs", root: "/", fstype: "tmpfs", options: "ro" },
  });
  expect(mount.parse(Buffer.from(printed), ["/a", "/b"]).get("/a")).toEqual({ state: "absent", hasFolder: true });
});

test("read and parse agree on this machine", () => {
  const states = mount.parse(execFileSync("sh", ["-c", mount.read(["/proc", "/etc"])]), ["/proc", "/etc"]);
  expect(states.get("/proc")).toMatchObject({ state: "present", fstype: "proc" });
  expect(states.get("/etc")).toEqual({ state: "absent", hasFolder: true });
});

test.each(["relative", "/a/", "none", ""])("%j is no place to mount at", (path) => {
  expect(() => mount.read([path])).toThrow(expect.objectContaining({ code: "mount/path" }));
});
