import { hash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConnectError } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Wired } from "./faults/proxied.ts";
import { Proxied, setPatientStage, wired } from "./faults/proxied.ts";
import { isProving } from "./is-proving.ts";
import type { Stage } from "./stage.ts";

/** A login, a job with a side effect and much to read, a file and a tree, with the wire cut after n bytes. */
let stage: Stage;

beforeAll(async () => {
  stage = await setPatientStage("cut");
  tree = mkdtempSync(join(tmpdir(), "evk-cut-"));
  for (const name of ["a", "b", "c"]) writeFileSync(join(tree, name), content.subarray(name.charCodeAt(0)));
});
afterAll(async () => {
  rmSync(tree, { recursive: true, force: true });
  await stage?.[Symbol.asyncDispose]();
});

const content = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7919) >> 3));
const contentSum = hash("sha256", content);
let tree: string;

describe.each(wired)("%s", (transport) => {
  test("cut after n bytes, nothing runs twice, and nothing is said that is not so", { timeout: 600_000 }, async () => {
    const whole = await run(transport, { after: Number.POSITIVE_INFINITY, cuts: 0 });
    expect(whole.error).toBeUndefined();
    const points = cutPoints(whole.bytes);
    const runs = await inTurns(points, 4, (after, at) =>
      run(transport, { after, how: at % 2 ? "fin" : "reset", cuts: 1 + (at % 5 === 4 ? 1 : 0) }),
    );
    for (const { error } of runs) if (error !== undefined) expect(error).toBeInstanceOf(ConnectError);
    const witness = stage.witness(stage.host("cut"));
    for (const { id, after } of [whole, ...runs]) {
      const seen = await witness.see(
        `cat /srv/counter-${id}; sha256sum </srv/file-${id} | cut -c1-64; cat /srv/tree-${id}/* | sha256sum | cut -c1-64; rm -r /srv/*-${id}`,
      );
      expect({ after, seen }).toEqual({ after, seen: `ran ${contentSum}\n${contentSum}\n${treeSum()}` });
    }
    expect(await witness.see("find / -xdev -name '.evenkeel.*'")).toBe("");
    const failed = runs.filter(({ error }) => error !== undefined);
    console.log(
      `${transport}: ${runs.length} cuts in ${whole.bytes} bytes; ${failed.length} before the host was reached, all others mended`,
    );
    expect(failed.length).toBeLessThan(runs.length);
  });
});

interface Cut {
  readonly after: number;
  readonly how?: "fin" | "reset";
  /** So many of the first connections are cut. */
  readonly cuts: number;
}

async function run(transport: Wired, { after, how = "reset", cuts }: Cut) {
  const id = randomUUID();
  await using proxied = await Proxied.before(stage, stage.host("cut"), {
    onConnection: (connection) => connection.id <= cuts && connection.cutAfter(after, { how }),
  });
  const error = await deed(proxied, transport, id).catch((reason: unknown) => reason);
  const bytes = proxied.proxy.traffic.toTarget + proxied.proxy.traffic.toClient;
  // Whoever was told of an error does it again, as a user would.
  for (let left = cuts; error !== undefined && left > 0; left--)
    await deed(proxied, transport, id).catch((reason: unknown) => left === 1 && Promise.reject(reason));
  return { id, error, bytes, after };
}

async function deed(proxied: Proxied, transport: Wired, id: string): Promise<undefined> {
  const connection = proxied.connect(transport);
  try {
    const outcome = await connection.job({
      id,
      argv: ["sh", "-c", `echo "ran $(sha256sum | cut -c1-64)" >>/srv/counter-${id}; sleep 0.05; echo done`],
      stdin: content,
    });
    expect(outcome).toMatchObject({ kind: "done", code: 0, stdout: Buffer.from("done\n") });
    await connection.put({ path: `/srv/file-${id}`, content });
    await connection.putTree({ from: tree, path: `/srv/tree-${id}` });
  } finally {
    await connection.close();
  }
}

function treeSum(): string {
  return hash("sha256", Buffer.concat(["a", "b", "c"].map((name) => content.subarray(name.charCodeAt(0)))));
}

/** Powers of two, and some more, drawn from a seed. */
function cutPoints(bytes: number): number[] {
  const powers = Array.from({ length: Math.ceil(Math.log2(bytes)) }, (_, power) => 2 ** power);
  let seed = 20_261_120;
  const drawn = Array.from({ length: isProving ? 50 : 8 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % bytes;
  });
  return [...powers.filter((power) => isProving || power >= 512), ...drawn];
}

async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  act: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const todo = items.entries();
  const worker = async () => {
    for (const [at, item] of todo) results[at] = await act(item, at);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
