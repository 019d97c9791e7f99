import { test } from "vitest";
import { ourSide } from "./twins/our-side.ts";
import { readRecorded } from "./twins/recorded.ts";
import { outcomeOf } from "./twins/twins.ts";

/** Two of the playbooks on hosts that have no Python, held to what Ansible came to; `twins.prove.ts` holds all to the real one. */
const { ansible, outcomes } = readRecorded();

test.concurrent.for(Object.entries(outcomes))(
  `%s: what ${ansible} came to`,
  async ([playbook, recorded], { expect }) => {
    expect(await outcomeOf(playbook, ourSide())).toEqual(recorded);
  },
);
