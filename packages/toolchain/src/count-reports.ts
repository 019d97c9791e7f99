import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Adds up what vitest wrote down, over all packages. A file that could not even be loaded counts as one failure. */
export function countReports(folders: readonly string[]): Tally {
  const files = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const reports = files.map((file) => JSON.parse(readFileSync(file, "utf8")) as Report);
  const sum = (pick: (report: Report) => number) => reports.reduce((total, report) => total + pick(report), 0);
  return {
    passed: sum((report) => report.numPassedTests),
    failed: sum((report) => report.numFailedTests + unloaded(report)),
    skipped: sum((report) => report.numPendingTests + report.numTodoTests),
  };
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

function unloaded({ testResults }: Report): number {
  const isUnloaded = ({ status, assertionResults }: Report["testResults"][number]) =>
    status === "failed" && !assertionResults.some((each) => each.status === "failed");
  return testResults.filter(isUnloaded).length;
}
