import type { Heritage } from "../keywords/heritage.ts";
import type { RoleFrame } from "../variables/frame.ts";
import type { Written } from "../written/written.ts";

/** One use of a role, with its files found and its dependencies. */
export interface RoleUse {
  readonly frame: RoleFrame;
  /** The role's keywords where it is used, below those of whoever uses it. */
  readonly heritage: Heritage;
  readonly tasks: RoleFile | undefined;
  readonly handlers: RoleFile | undefined;
  readonly dependencies: readonly RoleUse[];
  readonly mayRepeat: boolean;
  /** Two uses of which this is the same are one, unless the role may repeat. */
  readonly identity: string;
  /** What its arguments are to be, for the part of it that is used. */
  readonly argumentSpec: ArgumentSpec | undefined;
  /** Where it is used. */
  readonly written: Written;
}

export interface RoleFile {
  readonly path: string;
  readonly list: Written;
}

export interface ArgumentSpec {
  /** `main`, or the file that `tasks_from` names. */
  readonly entry: string;
  readonly written: Written;
}
