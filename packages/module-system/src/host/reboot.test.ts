import type { HostPort } from "@evenkeel/core";
import { expect, test } from "vitest";
import { reboot } from "./reboot.ts";
import { rebootExecutor } from "./reboot-executor.ts";

const params = {
  ...{
    msg: "bye",
    pre_reboot_delay: 0,
    post_reboot_delay: 0,
    reboot_timeout: 5,
    test_command: "true",
    search_paths: ["/sbin"],
  },
};
const now = { kind: "boot", key: "host", state: { id: "a-1" } };

test("a reboot is an act, and an outage", () => {
  const [change] = reboot.plan({ now }, params);
  expect(change).toMatchObject({
    action: "run",
    interrupts: "outage",
    before: { id: "a-1" },
    steps: [{ do: "system.reboot" }],
  });
});

/** A host that says these boot ids, one after the other; what throws is a wire that was cut. */
function host(ids: readonly (string | Error)[], jobCode = 0): HostPort {
  let asked = 0;
  const exchange: HostPort["exchange"] = async (reads) => {
    if (reads[0]?.script.includes("true")) return [{ code: 0, stdout: Buffer.from(""), stderr: Buffer.from("") }];
    const said = ids[Math.min(asked++, ids.length - 1)] ?? "";
    if (said instanceof Error) throw said;
    return [{ code: 0, stdout: Buffer.from(`${said}\n`), stderr: Buffer.from("") }];
  };
  const job: HostPort["job"] = async () => ({
    kind: "done",
    code: jobCode,
    stdout: Buffer.from(""),
    stderr: Buffer.from("only root"),
  });
  return { exchange, job } as unknown as HostPort;
}

const wish = (timeoutSeconds: number) => ({
  message: "",
  delaySeconds: 0,
  settleSeconds: 0,
  timeoutSeconds,
  test: "true",
  paths: [],
});

test("it waits through lost wires until there is another boot", async () => {
  const port = host(["a", "a", new Error("cut"), new Error("refused"), "b"]);
  expect(await rebootExecutor.take(wish(10), port, {})).toMatchObject({ data: { elapsed: expect.any(Number) } });
});

test("a host that does not go down, or does not take the order, fails", async () => {
  await expect(rebootExecutor.take(wish(1), host(["a"]), {})).rejects.toMatchObject({ code: "reboot/timeout" });
  await expect(rebootExecutor.take(wish(1), host(["a"], 1), {})).rejects.toMatchObject({
    code: "reboot/order",
    detail: "only root",
  });
});
