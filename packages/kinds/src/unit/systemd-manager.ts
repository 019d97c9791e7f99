import type { Change } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, readWords } from "@evenkeel/core";

/** systemd itself: whether unit files have changed since it read them. */
export interface SystemdManagerState {
  readonly state: "absent" | "present";
  readonly needsReload?: boolean;
}

/** A systemd by whose it is: `system`, or `user` for that of the user who asks. */
export const systemdManager = defineKind<SystemdManagerState, { readonly needsReload: false }>({
  name: "systemd",
  read: (keys) => `set -- ${keys.map(flagOf).join(" ")}\n${readWords(new URL("./read-managers.sh", import.meta.url))}`,
  parse(output, keys) {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(
      keys.map((key, index) => [
        key,
        lines[index] === "absent" ? { state: "absent" } : { state: "present", needsReload: lines[index] === "yes" },
      ]),
    );
  },
  ensure(actual) {
    const { kind, key, state, doubt } = actual;
    if (!isUnsettled(state) && !state.needsReload && doubt === undefined) return [];
    return [
      {
        // Reading files again changes nothing that anybody would notice: it is what comes after that does.
        ...{ kind, key, action: "check", before: state, after: { state: "present", needsReload: false } },
        ...{
          steps: [{ do: "run", argv: ["systemctl", flagOf(key), "daemon-reload"] }],
          undo: [],
          interrupts: "nothing",
        },
      },
    ];
  },
  dependsOn: ["file", "tree", "unpacked", "package", "packages", "deb", "git"],
  isAsPlanned: (actual) => !actual.needsReload,
  isAbsent: ({ state }) => state === "absent",
  describe: ({ needsReload }) => ({ "unit files": needsReload ? "changed since they were read" : "read" }),
});

/** systemd starts itself anew, and keeps everything running; an act. */
export function reexecute(key: "system" | "user"): Change<SystemdManagerState> {
  const after = { state: "present" } as const;
  const steps = [{ do: "run", argv: ["systemctl", flagOf(key), "daemon-reexec"] }] as const;
  return { kind: "systemd", key, action: "run", before: after, after, steps, undo: [], interrupts: "nothing" };
}

function flagOf(key: string): string {
  if (key === "system" || key === "user") return `--${key}`;
  throw new InputError({
    code: "systemd/scope",
    message: `no such systemd: ${JSON.stringify(key)}`,
    hint: "system or user",
  });
}
