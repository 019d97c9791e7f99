import type { Lab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Images } from "./twins/ansible-side.ts";
import { ansibleSide, makeImages } from "./twins/ansible-side.ts";
import { expectedOf } from "./twins/differences.ts";
import { ourSide } from "./twins/our-side.ts";
import { readRecorded, record } from "./twins/recorded.ts";
import { outcomeOf, playbooks } from "./twins/twins.ts";

/** Each playbook with the real Ansible and with ours: the same counts, run after run, and the same hosts in the end. */
let lab: Lab;
let images: Images;

beforeAll(async () => {
  ({ lab, images } = await makeImages());
});
afterAll(() => lab.down());

test.for(playbooks())("%s", { timeout: 600_000 }, async (playbook) => {
  const [expected, found] = await Promise.all([
    outcomeOf(playbook, ansibleSide(images)),
    outcomeOf(playbook, ourSide(images.blank)),
  ]);
  if (process.env.EVENKEEL_RECORD === "1") record(images.version, playbook, expected);
  expect(found).toEqual(expectedOf(playbook, expected));
  expect(expected).toEqual(readRecorded().outcomes[playbook] ?? expected);
});
