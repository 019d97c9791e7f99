import type { Native } from "../python/native.ts";
import { combinatorialFilters } from "./combinatorial-filters.ts";
import { dataFilters } from "./data-filters.ts";
import { dateFilters } from "./date-filters.ts";
import { dictFilters } from "./dict-filters.ts";
import { hashFilters } from "./hash-filters.ts";
import { listFilters } from "./list-filters.ts";
import { markupFilters } from "./markup-filters.ts";
import { numberFilters } from "./number-filters.ts";
import { pathFilters } from "./path-filters.ts";
import { randomFilters } from "./random-filters.ts";
import { regexFilters } from "./regex-filters.ts";
import { selectFilters } from "./select-filters.ts";
import { setFilters } from "./set-filters.ts";
import { shellFilters } from "./shell-filters.ts";
import { textFilters } from "./text-filters.ts";
import { urlFilters } from "./url-filters.ts";
import { valueFilters } from "./value-filters.ts";

/** All filters of Jinja2 and of ansible.builtin. */
export const filters: Readonly<Record<string, Native>> = {
  ...textFilters,
  ...markupFilters,
  ...numberFilters,
  ...listFilters,
  ...selectFilters,
  ...setFilters,
  ...combinatorialFilters,
  ...dictFilters,
  ...valueFilters,
  ...dataFilters,
  ...pathFilters,
  ...urlFilters,
  ...hashFilters,
  ...randomFilters,
  ...regexFilters,
  ...dateFilters,
  ...shellFilters,
};
