import { expect, test } from "vitest";
import { changeSql } from "./grant-sql.ts";

test.each([
  {
    name: "more and less: given first",
    has: { "shop.*": ["DELETE", "SELECT"] },
    wanted: { "shop.*": ["INSERT", "SELECT"] },
    sql: ["GRANT INSERT ON `shop`.* TO a", "REVOKE DELETE ON `shop`.* FROM a"],
  },
  {
    name: "a part of all",
    has: { "*.*": ["ALL", "GRANT"] },
    wanted: { "*.*": ["PROCESS", "SELECT"] },
    sql: [
      "REVOKE ALL PRIVILEGES ON *.* FROM a",
      "REVOKE GRANT OPTION ON *.* FROM a",
      "GRANT PROCESS, SELECT ON *.* TO a",
    ],
  },
  {
    name: "all instead of a part",
    has: { "*.*": ["SELECT"] },
    wanted: { "*.*": ["ALL"] },
    sql: ["GRANT ALL PRIVILEGES ON *.* TO a"],
  },
  {
    name: "one column of two",
    has: { "shop.t": ["UPDATE (a)"] },
    wanted: { "shop.t": ["UPDATE (a)", "UPDATE (b`)"] },
    sql: ["GRANT UPDATE (`b```) ON `shop`.`t` TO a"],
  },
  {
    name: "nothing of all",
    has: { "shop.*": ["ALL"] },
    wanted: { "shop.*": [] },
    sql: ["REVOKE ALL PRIVILEGES ON `shop`.* FROM a"],
  },
  { name: "none any more", has: { "shop.*": ["GRANT"] }, wanted: {}, sql: ["REVOKE GRANT OPTION ON `shop`.* FROM a"] },
])("$name", ({ has, wanted, sql }) => {
  expect(changeSql(has as Readonly<Record<string, readonly string[]>>, wanted as never, "a")).toEqual(sql);
});
