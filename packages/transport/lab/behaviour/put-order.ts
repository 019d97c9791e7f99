import { describe, expect, test } from "vitest";
import type { Connection } from "../../src/index.ts";
import type { Way } from "./way.ts";

const at = "/srv/order";
const log = "/tmp/evk-put-order";
const wrapped = ["sync", "mv"];

/** Stands before a program in the PATH: notes that it is called, and kills the shell that calls it when told to. */
const wrapper = (program: string) => `#!/bin/sh
echo "${program} $*" >>${log}
if [ "$(wc -l <${log})" = "$(cat ${log}-kill 2>/dev/null)" ]; then cat ${at}/file >${log}-seen; kill -9 $PPID; exit 1; fi
exec /usr/bin/${program} "$@"
`;

export function putOrderBehaves(way: Way): void {
  describe.runIf(way.isThorough && way.to !== "tiny")("put, step by step", () => {
    /** Over a connection of its own: a shell remembers where it found a program. */
    const withWrappers = async (killAt: string, act: (connection: Connection) => Promise<unknown>) => {
      for (const program of wrapped) await way.host.writeFile(`/usr/local/sbin/${program}`, wrapper(program));
      await way.see(
        `chmod 755 /usr/local/sbin/*; rm -rf ${at} ${log}*; mkdir -p ${at}; echo old >${at}/file; echo "${killAt}" >${log}-kill`,
      );
      const connection = way.connect();
      try {
        await act(connection);
      } finally {
        await connection.close();
        await way.see(`cd /usr/local/sbin && rm ${wrapped.join(" ")}`);
      }
    };

    test("the file is on the disk before it has its name, and then its name is", async () => {
      await withWrappers("", (connection) => connection.put({ path: `${at}/file`, content: "new" }));
      expect((await way.see(`sed 's|/.evenkeel[^/]*/|/BOX/|g' ${log}`)).split("\n")).toEqual([
        `sync ${at}/BOX/new`,
        `mv -fT ${at}/BOX/new ${at}/file`,
        `sync ${at}`,
      ]);
    });

    test.each([
      [1, "old"],
      [2, "old"],
      [3, "new"],
    ])("its shell is killed before step %d: the file is all %s, and in the end all new", async (step, seen) => {
      await withWrappers(`${step}`, (connection) => connection.put({ path: `${at}/file`, content: "new\n" }));
      expect(await way.see(`cat ${log}-seen ${at}/file; ls -A ${at}`)).toBe(`${seen}\nnew\nfile`);
    });
  });
}
