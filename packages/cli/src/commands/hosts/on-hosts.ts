import type { Become, HostPort } from "@evenkeel/core";
import { ConnectError, InputError } from "@evenkeel/core";
import { reportError } from "../../report-error.ts";
import { openProject } from "../project/open-project.ts";
import type { HostOptions } from "../project/options.ts";

/** Does something on each host of a pattern, side by side; what failed is told, and decides the status. */
export async function onHosts(
  pattern: string,
  options: HostOptions,
  work: (host: string, port: HostPort, say: (text: string) => void) => Promise<boolean>,
): Promise<void> {
  const project = await openProject([], options);
  const say = (text: string) => void process.stdout.write(project.redactor.clean(text));
  let status = 0;
  try {
    const names = project.inventory.selectKnown(pattern, options.limit);
    if (names.length === 0)
      throw new InputError({
        code: "inventory/no-host",
        message: "the inventory names no host",
        hint: "give one: -i FILE",
      });
    await Promise.all(
      names.map(async (name) => {
        try {
          if (!(await work(name, project.reaches.to(name).as(becomeOf(options)), say))) status ||= 1;
        } catch (error) {
          say(`${name}  ${reportError(error)}`);
          status = error instanceof ConnectError && status !== 1 ? 3 : 1;
        }
      }),
    );
  } finally {
    await project.reaches.close();
  }
  process.exitCode = status;
}

function becomeOf({ become, becomeUser, becomeMethod }: HostOptions): Become | undefined {
  if (!become && becomeUser === undefined) return undefined;
  const method = becomeMethod === "su" || becomeMethod === "doas" ? becomeMethod : "sudo";
  return { user: becomeUser ?? "root", method };
}
