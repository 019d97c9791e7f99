import { afterAll, beforeAll, expect, test } from "vitest";
import { playbooks, Twin } from "./twins.ts";

/** Each playbook with the real Ansible and with ours: the same counts, run after run, and the same host in the end. */
let theirs: Twin;
let ours: Twin;

beforeAll(async () => {
  [theirs, ours] = await Promise.all([Twin.make(), Twin.make()]);
  await theirs.prepareForAnsible();
});
afterAll(() => Promise.all([theirs.lab.down(), ours.lab.down()]));

test.for(playbooks())("%s", { timeout: 600_000 }, async (playbook) => {
  const [expected, found] = await Promise.all([theirs.withAnsible(playbook), ours.withOurs(playbook)]);
  expect(found).toEqual(expected);
});
