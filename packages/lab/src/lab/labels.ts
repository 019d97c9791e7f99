import { processIdentity } from "../machine/process-identity.ts";

/** What the lab writes on everything it makes, so that any process can find it and tell whose it is. */
export const labels = {
  lab: "evenkeel.lab",
  owner: "evenkeel.lab.owner",
  directory: "evenkeel.lab.directory",
  host: "evenkeel.lab.host",
  number: "evenkeel.lab.number",
  suite: "evenkeel.lab.suite",
  address: "evenkeel.lab.address",
} as const;

export const networkLabels = (lab: string, directory: string): Record<string, string> => ({
  [labels.lab]: lab,
  [labels.owner]: processIdentity(),
  [labels.directory]: directory,
});

export const labelFlags = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([key, value]) => `--label=${key}=${value}`);

export const networkName = (lab: string): string => `evenkeel-lab-${lab}`;

export const containerName = (lab: string, host: string): string => `evenkeel-lab-${lab}-${host}`;
