import type { Change, Observed, RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, Secret } from "@evenkeel/core";

/** The answer to one of debconf's questions. */
export type DebconfState =
  | { readonly state: "absent" }
  | {
      readonly state: "present";
      readonly value: string | Secret /** Whether it counts as answered by somebody. */;
      readonly isSeen?: boolean;
    };

export interface DesiredDebconf {
  readonly package: string;
  readonly type: string;
  readonly value: string | Secret;
  readonly isUnseen: boolean;
}

/** An answer by its question's name, such as `postfix/mailname`. Read from debconf's files: asking it itself would write. */
export const debconf = defineKind<DebconfState, DesiredDebconf>({
  name: "debconf",
  read(questions) {
    for (const question of questions) checkQuestion(question);
    return `for question in ${quoteAll(questions)}; do
  echo "== $question"
  for file in /var/cache/debconf/passwords.dat /var/cache/debconf/config.dat; do
    [ ! -r "$file" ] || question=$question awk -v RS= -F '\\n' '$1 == "Name: " ENVIRON["question"] { print }' "$file"
  done
done
:`;
  },
  parse(output, questions) {
    const blocks = Buffer.from(output)
      .toString()
      .split(/^== .*\n/m)
      .slice(1);
    return new Map(questions.map((question, index) => [question, stateOf(question, blocks[index] ?? "")]));
  },
  ensure(actual, desired) {
    const { state } = actual;
    if (!isUnsettled(state) && state.state === "present" && reveal(state.value) === reveal(desired.value)) return [];
    return [answer(actual, desired)];
  },
  isAsPlanned: (actual, after) =>
    actual.state === after.state &&
    (actual.state === "absent" || after.state === "absent" || reveal(actual.value) === reveal(after.value)),
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["package"],
  describe: (state) => (state.state === "absent" ? { state: "absent" } : { value: state.value }),
});

function stateOf(question: string, block: string): DebconfState {
  const value = /^Value: ?(.*)$/m.exec(block)?.[1];
  if (value === undefined) return { state: "absent" };
  const isSecret = /passw/i.test(question);
  const isSeen = /^Flags:.*\bseen\b/m.test(block);
  return { state: "present", value: isSecret ? new Secret(value) : value, isSeen };
}

function answer({ kind, key, state }: Observed<DebconfState>, desired: DesiredDebconf): Change<DebconfState> {
  const { package: name, type, value, isUnseen } = desired;
  const before = isUnsettled(state) || state.state === "absent" ? undefined : state;
  return {
    ...{ kind, key, action: "ensure", before: state, after: { state: "present", value }, interrupts: "nothing" },
    steps: [select(name, key, type, value, isUnseen)],
    undo: before
      ? [select(name, key, type, before.value, before.isSeen === false)]
      : isUnsettled(state)
        ? []
        : [forget(name, key)],
  };
}

/** On stdin: an answer may be a password. */
function select(name: string, question: string, type: string, value: string | Secret, isUnseen: boolean): RunStep {
  const line = `${name} ${question} ${type} ${reveal(value)}\n`;
  const stdin = value instanceof Secret ? new Secret(line) : line;
  return { do: "run", argv: ["debconf-set-selections", ...(isUnseen ? ["-u"] : [])], stdin };
}

function forget(name: string, question: string): RunStep {
  return { do: "run", argv: ["debconf-communicate", "-f", "noninteractive", name], stdin: `UNREGISTER ${question}\n` };
}

function reveal(value: string | Secret): string {
  return value instanceof Secret ? value.reveal() : value;
}

function checkQuestion(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9+._/:-]*$/.test(name)) return;
  throw new InputError({
    code: "debconf/question",
    message: `not a question of debconf's: ${JSON.stringify(name)}`,
    hint: "such as postfix/mailname",
  });
}
