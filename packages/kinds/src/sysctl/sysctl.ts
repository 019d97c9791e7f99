import type { Change, Observed } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll } from "@evenkeel/core";

/** A setting of the running kernel. */
export type SysctlState = { readonly state: "absent" } | { readonly state: "present"; readonly value: string };

/** A setting by its name, such as `net.ipv4.ip_forward`. */
export const sysctl = defineKind<SysctlState, { readonly value: string }>({
  name: "sysctl",
  // One fork for all. Not by `read`: it takes single bytes, and the kernel gives numbers in one piece or not at all.
  read: (names) => `grep -s '' /dev/null ${quoteAll(names.map(pathOf))}\n:`,
  parse(output, names) {
    const values = new Map<string, string[]>();
    for (const line of Buffer.from(output).toString().split("\n")) {
      const path = names.map(pathOf).find((each) => line.startsWith(`${each}:`));
      if (path !== undefined) values.set(path, [...(values.get(path) ?? []), line.slice(path.length + 1)]);
    }
    return new Map(
      names.map((name): [string, SysctlState] => {
        const lines = values.get(pathOf(name));
        return [name, lines === undefined ? { state: "absent" } : { state: "present", value: plain(lines.join(" ")) }];
      }),
    );
  },
  ensure(actual, { value }) {
    const { state } = actual;
    if (!isUnsettled(state) && state.state === "present" && state.value === plain(value)) return [];
    return [set(actual, plain(value))];
  },
  isAsPlanned: (actual, after) =>
    actual.state === after.state &&
    (actual.state === "absent" || after.state === "absent" || actual.value === after.value),
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["package"],
  describe: (state) => (state.state === "absent" ? { state: "absent" } : { value: state.value }),
});

function set({ kind, key, state }: Observed<SysctlState>, value: string): Change<SysctlState> {
  const write = (to: string) =>
    ({ do: "run", argv: ["sh", "-c", 'printf "%s\\n" "$2" >"$1"', "evenkeel-sysctl", pathOf(key), to] }) as const;
  return {
    ...{ kind, key, action: "ensure", before: state, after: { state: "present", value }, interrupts: "nothing" },
    steps: [write(value)],
    undo: isUnsettled(state) || state.state === "absent" ? [] : [write(state.value)],
  };
}

/** Dots part it, and slashes stand for dots; or the other way round, if a slash comes first. */
function pathOf(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  const path = first === "/" ? name : name.replace(/[./]/g, (sign) => (sign === "." ? "/" : "."));
  if (
    /^[A-Za-z0-9_:@*~+-][A-Za-z0-9_.:@*~+/-]*$/.test(path) &&
    !path.split("/").some((part) => part === ".." || part === "")
  )
    return `/proc/sys/${path}`;
  throw new InputError({
    code: "sysctl/name",
    message: `not a kernel setting's name: ${JSON.stringify(name)}`,
    hint: "such as net.ipv4.ip_forward",
  });
}

/** The kernel parts values with tabs, and does not mind what we part them with. */
function plain(value: string): string {
  return value.trim().split(/\s+/).join(" ");
}
