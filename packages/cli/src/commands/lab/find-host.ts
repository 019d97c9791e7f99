import type { Host, Lab } from "@evenkeel/lab";
import { listLabs, openLab } from "@evenkeel/lab";
import { usageProblem } from "./usage-problem.ts";

/** The host that `HOST` or `LAB/HOST` names. */
export async function findHost(text: string): Promise<{ lab: Lab; host: Host }> {
  const [hostName = "", labName] = text.split("/").reverse();
  const name = labName ?? (await onlyLabWith(hostName));
  const lab = await openLab(name);
  return { lab, host: lab.host(hostName) };
}

async function onlyLabWith(host: string): Promise<string> {
  const labs = await listLabs();
  const [first, ...others] = labs.filter(({ hosts }) => hosts.some(({ name }) => name === host));
  if (first && others.length === 0) return first.name;
  if (!first) throw usageProblem(`there is no host named ${host} in any lab`, "evenkeel lab list");
  const choices = [first, ...others].map(({ name }) => `${name}/${host}`);
  throw usageProblem(`several labs have a host named ${host}`, `say which: ${choices.join(", ")}`);
}
