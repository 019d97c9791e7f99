import { isReleaseId } from "../place.ts";
import type { OneRelease, ReleaseSettings, ReleaseState } from "./release-state.ts";

export function parseReleases(output: Uint8Array, names: readonly string[]): ReadonlyMap<string, ReleaseState> {
  const all = new Map<string, Record<string, OneRelease>>(names.map((name) => [name, {}]));
  let releases: Record<string, OneRelease> = {};
  for (const line of Buffer.from(output).toString().split("\n")) {
    const [word, id = "", first = "", ...rest] = line.split(" ");
    if (word === "app") releases = all.get(id) ?? {};
    else if (!isReleaseId(id)) continue;
    else if (word === "partial") releases[id] = { state: "partial" };
    else if (word === "built") releases[id] = { state: "built", builtAt: Number(first), ...settingsIn(rest.join(" ")) };
    else if (word === "secret") {
      const { state = "partial", secrets, ...release } = releases[id] ?? {};
      releases[id] = { state, ...release, secrets: { ...secrets, [rest.join(" ")]: first } };
    }
  }
  return all;
}

function settingsIn(text: string): { settings?: ReleaseSettings } {
  try {
    return { settings: JSON.parse(text) as ReleaseSettings };
  } catch {
    // Somebody has written there: it is a release that nothing is known about, and a rollback says so.
    return {};
  }
}
