import type { Host } from "@evenkeel/lab";
import type { Stage } from "../lab/stage.ts";
import { connect } from "../src/index.ts";
import type { Result } from "./measure.ts";
import { measure } from "./measure.ts";
import { run } from "./programs.ts";

/** From nothing to the first answer. */
export async function logins(stage: Stage, host: Host): Promise<Result[]> {
  const ours = (transport: "ssh2" | "openssh") => async () => {
    const connection = connect(stage.endpoint(host, { transport }));
    await connection.exchange([{ script: "true" }]);
    await connection.close();
  };
  const contest = {
    title: "connect, ask once, close",
    rounds: 15,
    runs: {
      "evenkeel (ssh2)": ours("ssh2"),
      "evenkeel (openssh)": ours("openssh"),
      "ssh host true": () => run("ssh", [...stage.lab.sshArguments(), `root@${host.address}`, "true"]),
    },
  };
  return [await measure(contest)];
}
