/** A module beside a playbook, and its test; a playbook calls it by its name. */
export function moduleFiles(name: string): Readonly<Record<string, string>> {
  const call = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return {
    [`${name}.ts`]: `import { defineModule } from "@evenkeel/core";
import { file } from "@evenkeel/kinds";
import { Type } from "typebox";

export const ${call} = defineModule({
  name: "${name}",
  summary: "The message shown at login.",
  params: Type.Object({ text: Type.String({ description: "what to show" }) }, { additionalProperties: false }),
  observe: () => ({ current: file("/etc/motd") }),
  plan: ({ current }, { text }) => file.ensure(current, { content: \`\${text}\\n\`, mode: "0644" }),
});
`,
    [`${name}.test.ts`]: `import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleLaws } from "@evenkeel/conformance";
import { file } from "@evenkeel/kinds";
import { ${call} } from "./${name}.ts";

const current = (state: object) => ({ current: { ...file("/etc/motd"), state } }) as never;

test("an absent file is planned", () => {
  const [change] = ${call}.plan(current({ type: "absent" }), { text: "hello" });
  assert.equal(change?.action, "ensure");
});

for (const { name, check } of moduleLaws(${call}, [file], [{ params: { text: "hello" }, states: [{ type: "absent" }] }])) {
  test(name, check);
}
`,
  };
}
