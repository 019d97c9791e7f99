import { parse } from "yaml";

/** npm's yaml, with YAML 1.1's meanings. */
export function read(text: string): unknown {
  return parse(text, { version: "1.1" });
}
