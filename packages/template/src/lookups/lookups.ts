import { csvfile } from "./csvfile.ts";
import { fileLookups } from "./file-lookups.ts";
import { firstFound } from "./first-found.ts";
import { ini } from "./ini.ts";
import { listLookups } from "./list-lookups.ts";
import type { Lookup } from "./lookup.ts";
import { password } from "./password.ts";
import { programLookups } from "./program-lookups.ts";
import { sequence } from "./sequence.ts";
import { subelements } from "./subelements.ts";
import { template } from "./template.ts";
import { url } from "./url.ts";
import { variableLookups } from "./variable-lookups.ts";

/** The lookups of ansible.builtin, and those that every with_… loop is made of. */
export const lookups: Readonly<Record<string, Lookup>> = {
  ...listLookups,
  ...variableLookups,
  ...fileLookups,
  ...programLookups,
  csvfile,
  first_found: firstFound,
  ini,
  password,
  sequence,
  subelements,
  template,
  url,
};
