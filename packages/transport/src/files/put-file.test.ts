import { expect, test } from "vitest";
import { commandOn } from "./put-file.ts";

test.each([
  [["nginx", "-t", "-c", "%s"], `nginx -t -c "$new"`],
  [["visudo", "-cf%s"], `visudo -cf"$new"`],
  [["sh", "-c", 'test -s "$1"', "sh", "%s"], `sh -c 'test -s "$1"' sh "$new"`],
  [["x", "--a=%s,--b=%s"], `x '--a='"$new"',--b='"$new"`],
  [["x", "", "it's"], `x '' 'it'\\''s'`],
  [["x", "$new `id` %d"], "x '$new `id` %d'"],
])("%j", (argv, line) => {
  expect(commandOn(argv, '"$new"')).toBe(line);
});
