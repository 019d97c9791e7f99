import { readFileSync } from "node:fs";
import { createLab } from "@evenkeel/lab";
import { beforeAll, expect, test } from "vitest";
import { corpora, renderCorpus, textOf } from "./corpus.ts";

interface Answer {
  readonly ansible: string;
  readonly jinja2: string;
  readonly results: Readonly<Record<string, readonly { value?: string; jinja2?: string | null }[]>>;
}

let answer: Answer;

/** One host with Debian's packages, one script, all corpora at once. */
beforeAll(async () => {
  await using lab = await createLab();
  const [host] = await lab.addHosts([{ name: "ansible" }]);
  if (host === undefined) throw new Error("the lab has no host");
  const packages = "ansible-core python3-passlib";
  await host.shell(`apt-get update -q && apt-get install -y -q --no-install-recommends ${packages}`);
  await host.writeFile("/tmp/render-corpus.py", readFileSync(new URL("render-corpus.py", import.meta.url)));
  const texts = [...corpora.keys()].map(
    (name) => `"${name}": ${readFileSync(new URL(`../corpus/${name}.json`, import.meta.url), "utf8")}`,
  );
  await host.writeFile("/tmp/corpus.json", `{${texts.join(",")}}`);
  const { stdout } = await host.shell("python3 /tmp/render-corpus.py < /tmp/corpus.json");
  answer = JSON.parse(stdout) as Answer;
});

const saidOf = (name: string, index: number) => answer.results[name]?.[index]?.value;

test("it is Ansible 2.19 on Jinja2 3.1", () => {
  expect(answer).toMatchObject({
    ansible: expect.stringMatching(/^2\.19\./),
    jinja2: expect.stringMatching(/^3\.1\./),
  });
});

test.each([...corpora])("%s: what was recorded is what Ansible says", (name, { cases }) => {
  const recorded = cases.map(({ template, expected }) => [textOf(template), expected]);
  expect(recorded).toEqual(cases.map(({ template }, index) => [textOf(template), saidOf(name, index)]));
});

test.each([...corpora])("%s: we say the same, but for what is listed", (name, corpus) => {
  const outcomes = renderCorpus(corpus);
  const differing = corpus.cases.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome !== undefined && ("value" in outcome ? outcome.value : undefined) !== saidOf(name, index);
  });
  const listed = corpus.cases.filter(({ ours }) => ours !== undefined);
  expect(differing.map(({ template }) => textOf(template))).toEqual(listed.map(({ template }) => textOf(template)));
});

test("what plain Jinja2 makes of template files, we make of most of them too", () => {
  const rendered = [...corpora].flatMap(([name, corpus]) =>
    renderCorpus(corpus).map((outcome, index) => ({
      outcome,
      plain: answer.results[name]?.[index]?.jinja2 ?? undefined,
    })),
  );
  const known = rendered.filter(({ plain }) => plain !== undefined);
  const same = known.filter(({ outcome, plain }) => "value" in outcome && outcome.value === plain);
  expect(same.length / known.length).toBeGreaterThan(0.9);
  expect(same.length).toBeGreaterThan(140);
});
