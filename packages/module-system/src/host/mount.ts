import type { Change } from "@evenkeel/core";
import { defineModule, isUnsettled, Refused, StepError } from "@evenkeel/core";
import { lookInto, mount as mountKind, remount } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { demandSense } from "../files/demand-sense.ts";
import { editFile, isAbsent } from "../files/edit-file.ts";
import { backupField } from "../files/file-result.ts";
import { putMount, removeMount } from "./fstab-text.ts";

const MountParams = Type.Object(
  {
    path: Type.String({ description: "where it is mounted; `none` for swap", aliases: ["name"] }),
    state: Type.Enum(["absent", "absent_from_fstab", "mounted", "present", "unmounted", "remounted", "ephemeral"], {
      type: "string",
      description:
        "`present` is in fstab; `mounted` there and now; `ephemeral` only now; `absent` neither, and without its folder",
    }),
    src: Type.Optional(Type.String({ description: "what is mounted: a device, UUID=…, host:/share" })),
    fstype: Type.Optional(Type.String({ description: "its type, such as ext4" })),
    opts: Type.Optional(Type.String({ description: "options, with commas; left out: defaults" })),
    dump: Type.String({ default: "0", description: "fstab's fifth field" }),
    passno: Type.String({ default: "0", description: "fstab's sixth field" }),
    fstab: Type.Optional(Type.String({ description: "another file instead of /etc/fstab" })),
    boot: Type.Boolean({ default: true, description: "whether it is mounted at each boot; no adds `noauto`" }),
    backup: Type.Boolean({ default: false, description: "keep what was in fstab beside it" }),
    opts_no_log: Refused("a secret in vars is hidden wherever it stands; use no_log for what is none"),
  },
  { additionalProperties: false },
);

type Params = Static<typeof MountParams>;

export const mount = defineModule({
  name: "mount",
  summary: "What is mounted where, in fstab and right now.",
  params: MountParams,
  observe(params) {
    const { path, state, src, fstype } = params;
    const needsSource = ["mounted", "present", "ephemeral"].includes(state);
    demandSense(`mount ${path}`, {
      "`src` and `fstype` are needed": needsSource && (src === undefined || fstype === undefined),
      "an ephemeral mount is not in any `fstab`": state === "ephemeral" && params.fstab !== undefined,
    });
    return {
      ...lookInto(fstabOf(params)),
      current: lookInto(fstabOf(params)).current,
      live: isSwap(params) ? [] : [mountKind(folderOf(path))],
    };
  },
  plan({ live: [live], ...answers }, params) {
    const { state, backup } = params;
    const put = () => editFile(answers, { create: true, backup }, (text) => putMount(text, entry(params)));
    const take = () =>
      isAbsent(answers) ? [] : editFile(answers, { backup }, (text) => removeMount(text, entry(params)));
    if (state === "present" || (state === "mounted" && !live)) return put();
    if (state === "absent_from_fstab" || !live) return take();
    if (state === "mounted") return mounted(live, put(), params);
    if (state === "absent") return gone(live, take());
    if (state === "ephemeral") return onlyNow(live, params);
    if (state === "remounted") return [remount(live, fstabOf(params), params.opts)];
    return mountKind.ensure(live, { state: "absent" });
  },
  result({ changes, outputs }, params) {
    const { src, fstype, dump, passno } = entry(params);
    return {
      name: params.path,
      ...(src !== undefined && { src }),
      ...(fstype !== undefined && { fstype }),
      ...{ opts: optionsOf(params), dump, passno, fstab: fstabOf(params), boot: params.boot ? "yes" : "no" },
      ...backupField(changes, outputs),
    };
  },
  returns: Type.Object({
    name: Type.String({ description: "where it is mounted" }),
    src: Type.Optional(Type.String({ description: "what is mounted" })),
    fstype: Type.Optional(Type.String({ description: "its type" })),
    opts: Type.String({ description: "its options" }),
    dump: Type.String({ description: "the fifth field of fstab" }),
    passno: Type.String({ description: "the sixth field of fstab" }),
    fstab: Type.String({ description: "the file" }),
    boot: Type.String({ description: "whether it is mounted at boot" }),
    backup_file: Type.Optional(Type.String({ description: "what was there before" })),
  }),
});

type Live = Parameters<typeof remount>[0];

function isMounted({ state }: Live): boolean {
  return !isUnsettled(state) && state.state === "present";
}

/** In fstab and now: what is mounted already is mounted again when its line in fstab was another. */
function mounted(live: Live, inFstab: readonly Change[], params: Params): readonly Change[] {
  const fstab = fstabOf(params);
  if (!isMounted(live)) return [...inFstab, ...mountKind.ensure(live, { state: "present", from: { fstab } })];
  return inFstab.length > 0 ? [...inFstab, remount(live, fstab)] : [];
}

/** Neither in fstab nor now; its folder goes with it, and stays where nothing was mounted. */
function gone(live: Live, fromFstab: readonly Change[]): readonly Change[] {
  const removesFolder = fromFstab.length > 0 || isMounted(live);
  return [...fromFstab, ...mountKind.ensure(live, { state: "absent", removesFolder })];
}

/** What is there already is only mounted again when it is the same. */
function onlyNow(live: Live, params: Params): readonly Change[] {
  const { src: source = "", fstype = "", opts } = params;
  const there = !isUnsettled(live.state) && live.state.state === "present" ? live.state.source : undefined;
  if (there === source) return [remount(live, "/etc/fstab", opts)];
  if (there === undefined) {
    const from = { source, fstype, options: opts ?? "defaults" };
    return mountKind.ensure(live, { state: "present", from });
  }
  throw new StepError({
    code: "mount/in-the-way",
    message: `${there} is mounted at ${live.key}, not ${source}`,
    hint: "unmount it first, with a task of its own (state: unmounted), or mount at another path",
  });
}

function entry(params: Params) {
  const { path, src, fstype, dump, passno } = params;
  return { path: isSwap(params) ? path : folderOf(path), src, fstype, options: optionsOf(params), dump, passno };
}

function optionsOf({ opts = "defaults", boot }: Params): string {
  return boot || opts.split(",").includes("noauto") ? opts : `${opts},noauto`;
}

function fstabOf({ fstab = "/etc/fstab" }: Params): string {
  return fstab;
}

function folderOf(path: string): string {
  return path === "/" ? path : path.replace(/\/+$/, "");
}

function isSwap({ path, fstype }: Params): boolean {
  return path === "none" || fstype === "swap";
}
