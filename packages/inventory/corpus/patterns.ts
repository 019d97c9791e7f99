import { readFileSync } from "node:fs";

/** An inventory, and patterns of its hosts. */
export const patternHosts = `alone
192.0.2.1
[web]
web[1:4].example
[db]
db-1
db-2
[staging]
web1.example
db-1
[site:children]
web
db
[empty]
[a_1]
x
`;

export const patterns: readonly string[] = [
  ...["all", "*", "web", "site", "empty", "ungrouped", "db:alone", "db,alone", " db , alone ,", "nobody", "nobody:db"],
  ...[
    "web:&staging",
    "web:!staging",
    "!staging:site:!web4*",
    "!web",
    "&staging",
    "web:db:&staging:!db-1",
    "web,!db,&site",
  ],
  ...[
    "web*",
    "*.example",
    "web?.example",
    "web[12].example",
    "web[!12].example",
    "web[1-3].example",
    "w*,!web[23]*",
    "192.*",
  ],
  ...[
    "~web[34]",
    "~(db|alone)",
    "~DB-1",
    "~(?i)DB-1",
    "~web\\d\\.ex",
    "~.*2.*",
    "~^db",
    "~db-1$",
    "!~web.*",
    "a_?",
    "db-[12]",
  ],
  ...[
    "web[0]",
    "web[-1]",
    "web[1:2]",
    "web[2:]",
    "web[0:0]",
    "web[1:99]",
    "web[3]",
    "web[4]",
    "db[0]:web[1]",
    "site[0:1],alone",
  ],
  ...[
    "web1.example",
    "web1.example:web1.example",
    "192.0.2.1",
    "x:alone",
    "all:!all",
    "*:&db",
    "db*",
    "staging[1]",
    "localhost",
  ],
];

export const recordedPatternsFile = new URL("./recorded-patterns.json", import.meta.url);

/** The hosts that Ansible found for each pattern, sorted; null where it found a mistake. */
export function readRecordedPatterns(): Readonly<Record<string, readonly string[] | null>> {
  return JSON.parse(readFileSync(recordedPatternsFile, "utf8")) as Record<string, readonly string[] | null>;
}
