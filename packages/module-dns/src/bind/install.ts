import type { Change, Observed } from "@evenkeel/core";
import type { PackageState } from "@evenkeel/kinds";
import { ensurePackages } from "@evenkeel/kinds";

/**
 * BIND itself. It stays when a task is taken back: without a zone it does no harm, and Debian's package that is removed and
 * installed again cannot start, since /var/cache/bind then belongs to root.
 */
export function installBind(actual: Observed<PackageState>): readonly Change[] {
  const changes = ensurePackages([{ actual, desired: { state: "installed" } }], { installsRecommends: false });
  return changes.map((change) => ({ ...change, undo: [] }));
}
