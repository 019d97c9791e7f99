import type { PackageState } from "./package-state.ts";

/** What `apk policy` said: for each package its versions, oldest first, and below each of them where it can be had. */
export function parseApk(text: string, names: readonly string[]): ReadonlyMap<string, PackageState> {
  const states = new Map<string, PackageState>(names.map((name) => [name, { state: "absent", manager: "apk" }]));
  for (const block of text.split(/^(?=\S)/m)) {
    const name = /^(\S+) policy:$/m.exec(block)?.[1];
    if (name !== undefined && states.has(name)) states.set(name, stateOf(block));
  }
  return states;
}

function stateOf(block: string): PackageState {
  const versions: { readonly version: string; readonly places: string[] }[] = [];
  for (const line of block.split("\n").slice(1)) {
    const version = /^ {2}(\S+):$/.exec(line)?.[1];
    if (version !== undefined) versions.push({ version, places: [] });
    else if (line.startsWith("    ")) versions.at(-1)?.places.push(line.trim());
  }
  // What is behind a tag is only taken where the tag is asked for.
  const isOffered = (place: string) => !/^(lib\/apk\/db\/installed|etc\/apk\/cache|@)/.test(place);
  const offered = versions
    .filter(({ places }) => places.some(isOffered))
    .map(({ version }) => version)
    .reverse();
  const installed = versions.find(({ places }) => places.some((place) => place.startsWith("lib/apk/db/installed")));
  const known = {
    manager: "apk",
    ...(offered[0] !== undefined && { candidate: offered[0] }),
    versions: offered,
  } as const;
  return installed ? { state: "installed", ...known, version: installed.version } : { state: "absent", ...known };
}
