import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll } from "@evenkeel/core";

/** A group as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type GroupState = { readonly state: "absent" } | { readonly state: "present"; readonly gid?: number };

/** A group as it is to be. A new one of the system gets its number from the system's range. */
export type DesiredGroup = GroupState & { readonly isSystem?: boolean };

/** A group by name. Who is in it is the users' matter. */
export const group = defineKind<GroupState, DesiredGroup>({
  name: "group",
  read(names) {
    for (const name of names) checkName(name);
    const words = quoteAll(names);
    return `if command -v getent >/dev/null; then getent group ${words}; else for name in ${words}; do grep "^$name:" /etc/group; done; fi; :`;
  },
  parse(output, names) {
    const lines = Buffer.from(output)
      .toString()
      .split("\n")
      .map((line) => line.split(":"));
    const gids = new Map(lines.map(([name = "", , gid]) => [name, Number(gid)]));
    return new Map(names.map((name) => [name, stateOf(gids.get(name))]));
  },
  ensure(actual, { isSystem = false, ...after }) {
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeGroup(actual, after, isSystem)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => ({
    state: state.state,
    ...(state.state === "present" && state.gid !== undefined && { gid: String(state.gid) }),
  }),
});

function stateOf(gid: number | undefined): GroupState {
  return gid === undefined ? { state: "absent" } : { state: "present", gid };
}

function isAsPlanned(actual: GroupState, after: GroupState): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  return after.gid === undefined || actual.gid === after.gid;
}

function changeGroup(
  { kind, key, state }: Observed<GroupState>,
  after: GroupState,
  isSystem: boolean,
): Change<GroupState> {
  const before: GroupState = isUnsettled(state) ? { state: "absent" } : state;
  return {
    kind,
    key,
    action: after.state === "absent" ? "remove" : "ensure",
    before: state,
    after,
    steps: [stepBetween(key, before, after, isSystem)],
    undo: isUnsettled(state) ? [] : [stepBetween(key, after, state, isSystem)],
    interrupts: "nothing",
  };
}

function stepBetween(name: string, from: GroupState, to: GroupState, isSystem: boolean): Step {
  if (to.state === "absent") return { do: "run", argv: ["groupdel", "--", name] };
  const gid = to.gid === undefined ? [] : ["-g", String(to.gid)];
  if (from.state === "present") return { do: "run", argv: ["groupmod", ...gid, "--", name] };
  return { do: "run", argv: ["groupadd", ...(isSystem ? ["-r"] : []), ...gid, "--", name] };
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/.test(name)) return;
  throw new InputError({
    code: "group/name",
    message: `not a group's name: ${JSON.stringify(name)}`,
    hint: "letters, digits, `_`, `.` and `-`",
  });
}
