import { expect, test } from "vitest";
import {
  hardwareAddress,
  innerAddress,
  loopbackAddress,
  portsOf,
  slotOfSubnet,
  subnetOf,
  takenPorts,
} from "./addresses.ts";

test("a host has the same last number everywhere", () => {
  expect(loopbackAddress(10, 3)).toBe("127.0.10.3");
  expect(innerAddress(10, 3)).toBe("198.19.10.3");
  expect(hardwareAddress(10, 3)).toBe("02:ec:13:0a:03:00");
  expect(slotOfSubnet(subnetOf(10))).toBe(10);
});

test("extra ports come after the usual ones, each once", () => {
  const numbers = portsOf([3306, 80, 3306]).map(({ number, protocol }) => `${number}/${protocol}`);
  expect(numbers).toEqual(["22/tcp", "80/tcp", "443/tcp", "53/tcp", "53/udp", "3306/tcp"]);
});

const header = "  sl  local_address rem_address   st\n";
const tables: Record<string, string> = {
  tcp: `${header}   0: 00000000:0016 00000000:0000 0A\n   1: 0100007F:0050 00000000:0000 0A\n   2: 00000000:01BB 0100007F:9C40 01\n`,
  tcp6: `${header}   0: 00000000000000000000000000000000:0CEA 00000000000000000000000000000000:0000 0A\n`,
  udp: `${header}   0: 00000000:0035 00000000:0000 07\n`,
  udp6: "",
};

test("a port is taken by a listener on every address, of either family, and by nothing else", () => {
  const taken = takenPorts(portsOf([3306]), (table) => tables[table] ?? "");
  expect(taken.map(({ number, protocol }) => `${number}/${protocol}`)).toEqual(["22/tcp", "53/udp", "3306/tcp"]);
});
