import { expect, test } from "vitest";
import { splitStatements } from "./split-statements.ts";

test.each([
  {
    name: "texts, names and comments hold semicolons",
    text: "SELECT ';', \"a;\", `b;`; -- c;\n# d;\n/* e; */ SELECT 2",
    count: 2,
  },
  { name: "escaped and doubled quotes", text: "SELECT 'it\\'s;', 'it''s;'; SELECT 1;", count: 2 },
  { name: "only comments", text: "-- nothing;\n/* ; */\n", count: 0 },
  { name: "what is for the server alone", text: "/*!50000 SET x = 1 */;", count: 1 },
  { name: "a minus is no comment", text: "SELECT 1--1; SELECT 2", count: 2 },
  {
    name: "another delimiter",
    text: "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;\nSELECT 1;",
    count: 2,
  },
])("$name", ({ text, count }) => {
  expect(splitStatements(text)).toHaveLength(count);
});
