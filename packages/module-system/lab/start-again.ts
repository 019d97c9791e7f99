import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "@evenkeel/lab";

/** A host of the lab is stopped by its reboot; this starts it again, as a machine does by itself. */
export async function startAgain(host: Host): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const { code } = await host.run(["true"], { check: false });
    if (code !== 0) {
      await host.stop();
      await host.start();
      return;
    }
    await sleep(300);
  }
  throw new Error(`${host.name} was not rebooted`);
}
