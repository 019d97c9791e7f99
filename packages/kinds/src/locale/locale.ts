import type { RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll } from "@evenkeel/core";

/** A locale that programs can use. */
export interface LocaleState {
  readonly state: "absent" | "present";
}

/** A locale by its name, such as `de_DE.UTF-8`, where glibc's are made from /etc/locale.gen. */
export const locale = defineKind<LocaleState, LocaleState>({
  name: "locale",
  read(names) {
    for (const name of names) checkName(name);
    return `set -- ${quoteAll(names)}\nlocale -a 2>/dev/null\n:`;
  },
  parse(output, names) {
    const there = new Set(Buffer.from(output).toString().split("\n").map(plain));
    return new Map(names.map((name) => [name, { state: there.has(plain(name)) ? "present" : "absent" }]));
  },
  ensure({ kind, key, state }, after) {
    if (!isUnsettled(state) && state.state === after.state) return [];
    const isGone = after.state === "absent";
    const undo = isUnsettled(state) ? [] : [generate(key, isGone)];
    return [
      {
        kind,
        key,
        action: isGone ? "remove" : "ensure",
        before: state,
        after,
        steps: [generate(key, !isGone)],
        undo,
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual, after) => actual.state === after.state,
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["package", "file"],
  unsettles: ({ key }) => [{ kind: "file", key: "/etc/locale.gen", because: `locale ${key} is in it` }],
  describe: ({ state }) => ({ state }),
});

/** A line of locale.gen gets its comment sign, or loses it. */
function generate(name: string, isWanted: boolean): RunStep {
  const script = `list=/etc/locale.gen
command -v locale-gen >/dev/null && [ -e "$list" ] || { echo "this host makes no locales: it has no locale-gen" >&2; exit 1; }
pattern=$(printf '%s' "$1" | sed 's/[][\\.*^$]/\\\\&/g')
if [ "$2" = yes ]; then
  grep -qE "^#? *$pattern( |\\$)" "$list" || { echo "there is no locale $1 in $list" >&2; exit 1; }
  expression="s/^#\\{0,1\\} *\\($pattern\\( .*\\)\\{0,1\\}\\)\\$/\\1/"
else expression="s/^ *\\($pattern\\( .*\\)\\{0,1\\}\\)\\$/# \\1/"; fi
cp -p "$list" "$list.evenkeel" && sed "$expression" "$list" >"$list.evenkeel" && mv -f "$list.evenkeel" "$list" && locale-gen`;
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-locale", name, isWanted ? "yes" : "no"] };
}

/** `locale -a` says utf8 for UTF-8, and leaves dashes out of all charsets. */
function plain(name: string): string {
  const [base = "", rest = ""] = name.split(/\.(.*)/s);
  const [charset = "", modifier = ""] = rest.split(/(?=@)/);
  return `${base}.${charset.toLowerCase().replace(/[^a-z0-9]/g, "")}${modifier}`;
}

function checkName(name: string): void {
  if (/^[A-Za-z][A-Za-z0-9_.@-]*$/.test(name)) return;
  throw new InputError({
    code: "locale/name",
    message: `not a locale's name: ${JSON.stringify(name)}`,
    hint: "such as de_DE.UTF-8",
  });
}
