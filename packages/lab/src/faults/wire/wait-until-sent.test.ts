import { expect, test } from "vitest";
import { findUnsentBytes } from "./wait-until-sent.ts";

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 28324 1 00000000a890b552
   1: 0100007F:1F90 0100007F:A2C4 01 000004D2:00000000 01:00000014 00000000     0        0 28330 4 00000000a890b553
   2: 0100007F:A2C4 0100007F:1F90 01 00000000:00000010 00:00000000 00000000     0        0 28329 1 00000000a890b554
`;

test.each([
  { ports: { localPort: 8080, remotePort: 41668 }, unsent: 1234 },
  { ports: { localPort: 41668, remotePort: 8080 }, unsent: 0 },
  { ports: { localPort: 9, remotePort: 9 }, unsent: 0 },
])("$ports.localPort → $ports.remotePort holds $unsent bytes", ({ ports, unsent }) => {
  expect(findUnsentBytes(table, ports)).toBe(unsent);
});
