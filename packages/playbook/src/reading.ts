import type { AnyModule, HostMemory } from "@evenkeel/core";
import type { Heritage } from "./keywords/heritage.ts";
import type { PlayReading } from "./plays/play-reading.ts";
import type { RoleFolders } from "./roles/find-role.ts";
import type { Seen } from "./seen.ts";
import type { Selection } from "./tags/selection.ts";
import type { Frame } from "./variables/frame.ts";
import type { World } from "./variables/world.ts";
import type { Mistakes } from "./written/mistakes.ts";

/** What all of a playbook's files are read with. */
export interface Reading {
  readonly world: World;
  readonly modules: ReadonlyMap<string, AnyModule>;
  readonly mistakes: Mistakes;
  readonly selection: Selection;
  readonly folders: RoleFolders;
  /** Everything before the task that a run is to start at is left out. */
  readonly start: StartPoint;
  /** It is read while it runs, for one host: what an include names. */
  readonly isRunning: boolean;
  /** What is to be looked at when all has been read; nobody does while it runs. */
  readonly seen: Seen | undefined;
  /** What `gather_subset` is where a play does not say it; undefined: the module's own default. */
  readonly usedSubsets: (() => readonly string[]) | undefined;
}

export interface StartPoint {
  readonly task: string | undefined;
  isReached: boolean;
}

/** Where in a playbook something is read, and what is handed down to it there. */
export interface Here {
  readonly reading: Reading;
  readonly heritage: Heritage;
  readonly frame: Frame;
  readonly play: PlayReading;
  readonly isHandler: boolean;
  /** The host that an include is read for. */
  readonly memory?: HostMemory;
  /** The files that led here, each naming the next: the last one is being read. */
  readonly within: readonly string[];
}
