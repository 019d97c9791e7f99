import type { EngineKind } from "../engine/engine.ts";
import type { HostDetails } from "./host.ts";
import { labels } from "./labels.ts";

/** Where snapshots are that outlive their lab. */
export const keptSnapshots = "localhost/evenkeel-lab-snapshot";

/** A snapshot's image name; with a lab it is that lab's own, without it is everyone's and stays. */
export const snapshotReference = (name: string, lab?: string): string =>
  lab === undefined ? `${keptSnapshots}:${name}` : `${keptSnapshots}-${lab}:${name}`;

/** What a user may write for a snapshot: its full name, or the short one that it was kept under. */
export const resolveImage = (image: string): string => (image.includes("/") ? image : snapshotReference(image));

type Commit = {
  engine: EngineKind;
  host: Pick<HostDetails, "lab" | "suite" | "container">;
  reference: string;
  keep: boolean;
};

export function commitArguments({ engine, host, reference, keep }: Commit): string[] {
  const label = (key: string, value: string) => ["--change", `LABEL ${key}=${value}`];
  const quiet = engine === "podman" ? ["--quiet"] : [];
  // A container's labels go into its image; a kept one must not look like a part of the lab that it came from.
  return [
    "commit",
    ...quiet,
    ...label(labels.lab, keep ? "" : host.lab),
    ...label(labels.suite, host.suite),
    host.container,
    reference,
  ];
}
