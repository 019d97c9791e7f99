import { quote } from "@evenkeel/core";
import type { Table } from "./table.ts";

/** sh that tells how a host is in the end, in what the table is about. */
export function endStateScript({ look = [], also = "" }: Table): string {
  const paths = look.map(quote).join(" ");
  const files = `for p in ${paths}; do
  find "$p" -printf '%p %y %m %u:%g %l\\n' 2>/dev/null
  find "$p" -type f -exec sha256sum {} + 2>/dev/null
done | sort`;
  return `${look.length === 0 ? "" : files}\n${also}`;
}

/** Names that hold a time or a process are alike. */
export function normalized(text: string): string {
  return text.replaceAll(/\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~/g, ".BACKUP~");
}
