import type { Change, Observed, RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { accountStep } from "../user/account-step.ts";
import type { AccountTools } from "../user/user-state.ts";

/** A group as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type GroupState =
  | { readonly state: "absent"; readonly tools?: AccountTools }
  | { readonly state: "present"; readonly gid?: number; readonly tools?: AccountTools };

/** A group as it is to be. A new one of the system gets its number from the system's range. */
export type DesiredGroup =
  | { readonly state: "absent" /** Although it is the primary group of a user. */; readonly isForced?: boolean }
  | {
      readonly state: "present";
      readonly gid?: number;
      readonly isSystem?: boolean;
      /** The number may be another's, too. */
      readonly sharesNumber?: boolean;
      /** For a new one: settings of login.defs, such as GID_MIN. */
      readonly defaults?: Readonly<Record<string, string>>;
    };

/** A group by name; `via` may say `{ local: true }`: only the host's own files count. Who is in it is the users' matter. */
export const group = defineKind<GroupState, DesiredGroup>({
  name: "group",
  read(names, via) {
    for (const name of names) checkName(name);
    const local = (via as { readonly local?: boolean } | undefined)?.local ? "local=1\n" : "";
    return `${local}set -- ${quoteAll(names)}\n${readWords(new URL("./read-groups.sh", import.meta.url))}`;
  },
  parse(output, names) {
    const lines = Buffer.from(output).toString().split("\n");
    const tools = lines.includes("files") ? ({ tools: "files" } as const) : {};
    const gids = new Map(lines.map((line) => line.split(":")).map(([name = "", , gid]) => [name, gid]));
    return new Map(
      names.map((name) => {
        const gid = gids.get(name);
        return [
          name,
          gid === undefined ? { state: "absent", ...tools } : { state: "present", gid: Number(gid), ...tools },
        ];
      }),
    );
  },
  ensure(actual, desired) {
    const after: GroupState =
      desired.state === "absent"
        ? { state: "absent" }
        : { state: "present", ...(desired.gid !== undefined && { gid: desired.gid }) };
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeGroup(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  unsettles: ({ key, after }) =>
    after.state === "present"
      ? [{ kind: "user", key, ifAbsent: true, because: `a group ${key} is there by then` }]
      : [],
  describe: (state) => ({
    state: state.state,
    ...(state.state === "present" && state.gid !== undefined && { gid: String(state.gid) }),
  }),
});

function isAsPlanned(actual: GroupState, after: GroupState): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  return after.gid === undefined || actual.gid === after.gid;
}

function changeGroup(
  { kind, key, via, state }: Observed<GroupState>,
  desired: DesiredGroup,
  after: GroupState,
): Change<GroupState> {
  const before: GroupState = isUnsettled(state) ? { state: "absent" } : state;
  return {
    ...{ kind, key, ...(via !== undefined && { via }), before: state, after },
    action: after.state === "absent" ? "remove" : "ensure",
    steps: [stepBetween(key, before, desired)],
    undo: isUnsettled(state) ? [] : [stepBetween(key, { ...after, ...(state.tools && { tools: state.tools }) }, state)],
    interrupts: "nothing",
  };
}

function stepBetween(name: string, from: GroupState, to: DesiredGroup): RunStep {
  if (to.state === "absent") return accountStep(from.tools, ["groupdel", ...(to.isForced ? ["-f"] : []), "--", name]);
  const number = [...(to.gid === undefined ? [] : ["-g", String(to.gid)]), ...(to.sharesNumber ? ["-o"] : [])];
  if (from.state === "present") return accountStep(from.tools, ["groupmod", ...number, "--", name]);
  const defaults = Object.entries(to.defaults ?? {}).flatMap(([key, value]) => ["-K", `${key}=${value}`]);
  return accountStep(from.tools, ["groupadd", ...(to.isSystem ? ["-r"] : []), ...number, ...defaults, "--", name]);
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?$/.test(name)) return;
  throw new InputError({
    code: "group/name",
    message: `not a group's name: ${JSON.stringify(name)}`,
    hint: "letters, digits, `_`, `.` and `-`",
  });
}
