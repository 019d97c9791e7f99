import { defineKind, InputError, quoteAll } from "@evenkeel/core";

/** Lines of one of a host's databases, each as its fields. */
export type GetentState =
  | { readonly state: "absent"; readonly because: "no-key" | "no-database" | "no-enumeration" }
  | { readonly state: "present"; readonly lines: readonly string[] };

/** What to look for: `{"database":"passwd","key":"root"}` as JSON is the key. */
export interface GetentQuestion {
  readonly database: string;
  readonly key?: string;
  readonly service?: string;
}

export function getentKey(question: GetentQuestion): string {
  const { database, key, service } = question;
  if (!/^[a-z][a-z0-9_]*$/.test(database)) {
    throw new InputError({
      code: "getent/database",
      message: `not a database's name: ${JSON.stringify(database)}`,
      hint: "such as passwd, group or hosts",
    });
  }
  return JSON.stringify({ database, ...(key !== undefined && { key }), ...(service !== undefined && { service }) });
}

/** Lines of a database; it is only asked, never changed. Hosts without getent have files. */
export const getent = defineKind<GetentState, never>({
  name: "getent",
  read: (keys) =>
    `${keys
      .map((json) => {
        const { database, key, service } = JSON.parse(json) as GetentQuestion;
        const words = [
          ...(service === undefined ? [] : ["-s", service]),
          database,
          ...(key === undefined ? [] : [key]),
        ];
        const ask = `if command -v getent >/dev/null; then getent ${quoteAll(words)}; elif [ -e ${quoteAll([`/etc/${database}`])} ]; then ${fromFile(database, key)}; else (exit 1); fi`;
        return `echo "=="; ${ask}; echo "-- $?"`;
      })
      .join("\n")} 2>/dev/null\n:`,
  parse(output, keys) {
    const blocks = Buffer.from(output).toString().split(/^==\n/m).slice(1);
    return new Map(keys.map((key, index) => [key, stateOf(blocks[index] ?? "-- 1")]));
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["user", "group", "file", "package"],
  describe: (state) => ({ state: state.state }),
});

function fromFile(database: string, key: string | undefined): string {
  const [file = ""] = [quoteAll([`/etc/${database}`])];
  return key === undefined
    ? `cat ${file}`
    : `key=${quoteAll([key])} awk -F: '$1 == ENVIRON["key"] { print; found = 1 } END { exit found ? 0 : 2 }' ${file}`;
}

const reasons = { 1: "no-database", 2: "no-key", 3: "no-enumeration" } as const;

function stateOf(block: string): GetentState {
  const lines = block.replace(/\n$/, "").split("\n");
  const code = Number(/^-- (\d+)$/.exec(lines.pop() ?? "")?.[1] ?? 1);
  if (code === 0) return { state: "present", lines };
  return { state: "absent", because: reasons[code as keyof typeof reasons] ?? "no-database" };
}
