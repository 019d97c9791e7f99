import { expect, test } from "vitest";
import { configured } from "./configured.ts";
import { readListening } from "./listening.ts";
import { served } from "./served.ts";

test("what rndc says of zones is read, each under its name", () => {
  const text = `today 20261121
zone a.test
 name: a.test
 type: primary
 files: /var/lib/bind/a.test.zone
 serial: 7
 dynamic: yes
zone b.test
`;
  expect(Object.fromEntries(served.parse(Buffer.from(text), ["b.test", "a.test", "c.test"]))).toEqual({
    "a.test": { state: "served", serial: 7, isDynamic: true, file: "/var/lib/bind/a.test.zone", today: "20261121" },
    "b.test": { state: "absent", today: "20261121" },
    "c.test": { state: "absent", today: "20261121" },
  });
  expect(() => served.parse(Buffer.from("today 20261121\nunreadable\n"), ["a.test"])).toThrow(/rndc is not ours/);
});

test("files that are younger than what named has read", () => {
  const read = (written: number, text = "last configured: Sat, 21 Nov 2026 12:25:16 GMT\n") =>
    configured.parse(Buffer.from(`${text}written: ${written}\n`), ["named"]).get("named");
  const at = Date.UTC(2026, 10, 21, 12, 25, 16) / 1000;
  expect(read(at)).toEqual({ state: "running", isStale: false });
  expect(read(at + 1)).toEqual({ state: "running", isStale: true });
  expect(read(at, "")).toEqual({ state: "absent" });
});

test("where named listens: its own sockets, on port 53, but not those of links", () => {
  const line = (address: string, inode: number, state = "0A") =>
    `   0: ${address}:0035 00000000:0000 ${state} 0:0 0:0 0 100 0 ${inode} 1\n`;
  const v6 = "B80D0120000000000000000001000000";
  const table = [
    line("0100007F", 1),
    line("3500007F", 2),
    line("0A0200C0", 3, "01"),
    line(v6, 4),
    line("000080FE00000000FF005450FEFF0001", 5),
  ].join("");
  expect(readListening(`socket 1\nsocket 4\nsocket 5\n${table}`)).toEqual(["127.0.0.1", "2001:db8::1"]);
  expect(readListening(table)).toEqual(["127.0.0.1", "2001:db8::1"]);
  expect(readListening(line("00000000", 1))).toEqual(["127.0.0.1"]);
});
