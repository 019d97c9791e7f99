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
    const { state } = params;
    const fstab = fstabOf(params);
    const isThere = !isAbsent(answers);
    const put = () =>
      editFile(answers, { create: true, backup: params.backup }, (text) => putMount(text, entry(params)));
    const take = () =>
      isThere ? editFile(answers, { backup: params.backup }, (text) => removeMount(text, entry(params))) : [];
    if (state === "present" || (state === "mounted" && !live)) return put();
    if (state === "absent_from_fstab" || !live) return take();
    const isMounted = !isUnsettled(live.state) && live.state.state === "present";
    if (state === "unmounted") return mountKind.ensure(live, { state: "absent" });
    if (state === "absent") {
      const fromFstab = take();
      const removesFolder = fromFstab.length > 0 || isMounted;
      return [...fromFstab, ...mountKind.ensure(live, { state: "absent", removesFolder })];
    }
    if (state === "remounted") return [remount(live, fstab, params.opts)];
    if (state === "ephemeral")
      return isMounted
        ? again(live, params)
        : mountKind.ensure(live, {
            state: "present",
            from: { ...sourceOf(params), options: params.opts ?? "defaults" },
          });
    const inFstab = put();
    const now: readonly Change[] = isMounted
      ? inFstab.length > 0
        ? [remount(live, fstab)]
        : []
      : mountKind.ensure(live, { state: "present", from: { fstab } });
    return [...inFstab, ...now];
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

/** What is there already is only mounted again when it is the same. */
function again(live: Live, params: Params): readonly Change[] {
  const { source } = sourceOf(params);
  if (!isUnsettled(live.state) && live.state.state === "present" && live.state.source !== source) {
    throw new StepError({
      code: "mount/in-the-way",
      message: `${live.state.source} is mounted at ${live.key}, not ${source}`,
      hint: "unmount it first, with a task of its own (state: unmounted), or mount at another path",
    });
  }
  return [remount(live, "/etc/fstab", params.opts)];
}

function sourceOf({ src = "", fstype = "" }: Params) {
  return { source: src, fstype };
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
