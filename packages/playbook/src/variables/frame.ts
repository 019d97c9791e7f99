import type { HostMemory } from "@evenkeel/core";
import type { Written } from "../written/written.ts";
import type { Layer } from "./layer.ts";

/** What a task sees of the playbook around it: the levels of variables that its place in the playbook decides. */
export interface Frame {
  readonly play: PlayFrame;
  readonly role?: RoleFrame | undefined;
  /** Of blocks and imports around it, and its own; the innermost last. */
  readonly taskVars: readonly Layer[];
  /** Of the includes that brought it here. */
  readonly includeParams: readonly Layer[];
  /** What the loops of those includes stood at. */
  readonly carried: Readonly<Record<string, unknown>>;
  /** Folders in which its files are looked for, the first first. */
  readonly searchPath: readonly string[];
  readonly environment: readonly Written[];
}

/** The same for all of a play. */
export interface PlayFrame {
  readonly name: string;
  readonly vars: Layer;
  readonly prompted: Layer;
  /** Each entry is a file, or a list of which the first that is there counts. */
  readonly varsFiles: readonly Written[];
  /** Of the file that it stands in. */
  readonly directory: string;
  /** Roles whose variables all tasks see, on a host on which they are in the play. */
  roles(memory: HostMemory): readonly RoleFrame[];
  readonly roleNames: readonly string[];
  readonly dependencyNames: readonly string[];
  /** All hosts that its pattern names. */
  hosts(): readonly string[];
  isOut(host: string): boolean;
  /** Its hosts are this machine. */
  isHere(): boolean;
}

/** One use of a role. */
export interface RoleFrame {
  readonly name: string;
  /** With the name of its collection. */
  readonly fullName: string;
  readonly collection?: string;
  readonly path: string;
  readonly defaults: Layer;
  readonly vars: Layer;
  /** `vars:` where it is used. */
  readonly given: Layer;
  /** Keys of its entry in `roles:` that are no keywords. */
  readonly params: Layer;
  /** The roles that brought it, the outermost first. */
  readonly parents: readonly RoleFrame[];
  /** The roles that it brought, deepest first. */
  readonly dependencies: readonly RoleFrame[];
}
