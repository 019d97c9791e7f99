import { InputError } from "@evenkeel/core";

/** What can be wrong with what a lab is asked for, each with what to do instead. */
export const inputProblems = {
  badName: (kind: string, name: string) =>
    new InputError({
      code: "lab/bad-name",
      message: `"${name}" cannot name a ${kind}`,
      hint: "use up to 40 of a-z, 0-9 and -, with a letter or digit at both ends",
    }),
  nameTaken: (lab: string) =>
    new InputError({
      code: "lab/name-taken",
      message: `a lab named ${lab} is already there`,
      hint: `evenkeel lab down ${lab}   (or give this one another name)`,
    }),
  noFreeAddresses: () =>
    new InputError({
      code: "lab/no-addresses",
      message: "every range of addresses for labs is in use",
      hint: "evenkeel lab list   (and take some down)",
    }),
  noSuchLab: (lab: string) =>
    new InputError({ code: "lab/no-such-lab", message: `there is no lab named ${lab}`, hint: "evenkeel lab list" }),
  noSuchHost: (lab: string, host: string, there: readonly string[]) =>
    new InputError({
      code: "lab/no-such-host",
      message: `lab ${lab} has no host named ${host}`,
      hint: there.length > 0 ? `it has ${there.join(", ")}` : "it has no hosts yet",
    }),
  hostTaken: (lab: string, host: string) =>
    new InputError({ code: "lab/host-taken", message: `lab ${lab} already has a host named ${host}` }),
  full: (lab: string, most: number) =>
    new InputError({ code: "lab/full", message: `lab ${lab} has all of its ${most} hosts`, hint: "make a second lab" }),
  notRunning: (host: string) =>
    new InputError({ code: "lab/not-running", message: `${host} is not running`, hint: "start() it first" }),
  noSuchSnapshot: (image: string) =>
    new InputError({
      code: "lab/no-such-snapshot",
      message: `there is no snapshot named ${image}`,
      hint: "take one: evenkeel lab snapshot HOST NAME, or host.snapshot(…)",
    }),
};
