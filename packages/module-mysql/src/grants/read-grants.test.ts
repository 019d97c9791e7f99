import { expect, test } from "vitest";
import { exactPlace } from "./place.ts";
import { readGrants } from "./read-grants.ts";

test("what SHOW GRANTS says is read, without passwords", () => {
  const told = readGrants([
    "GRANT USAGE ON *.* TO `app`@`localhost` IDENTIFIED BY PASSWORD '*ABC'",
    "GRANT SELECT, UPDATE (`b`, `a`) ON `shop`.`orders` TO `app`@`localhost`",
    "GRANT ALL PRIVILEGES ON `shop\\_db`.* TO `app`@`localhost` WITH GRANT OPTION",
    "GRANT `reader`@`%` TO `app`@`localhost`",
  ]);
  expect(told).toEqual({
    "shop.orders": ["SELECT", "UPDATE (a)", "UPDATE (b)"],
    "shop\\_db.*": ["ALL", "GRANT"],
    roles: ["reader"],
  });
  expect(JSON.stringify(told)).not.toContain("ABC");
});

test("a database's name is just that name", () => {
  expect(exactPlace("shop_db.*")).toBe("shop\\_db.*");
  expect(exactPlace("shop\\_db.*")).toBe("shop\\_db.*");
  expect(exactPlace("shop_db.or_ders")).toBe("shop_db.or_ders");
  expect(exactPlace("*.*")).toBe("*.*");
});
