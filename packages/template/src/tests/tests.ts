import type { Native } from "../python/native.ts";
import { comparisonTests } from "./comparison-tests.ts";
import { fileTests } from "./file-tests.ts";
import { kindTests } from "./kind-tests.ts";
import { resultTests } from "./result-tests.ts";
import { textTests } from "./text-tests.ts";

/** All tests of Jinja2 and of ansible.builtin. */
export const tests: Readonly<Record<string, Native>> = {
  ...kindTests,
  ...comparisonTests,
  ...textTests,
  ...resultTests,
  ...fileTests,
};
