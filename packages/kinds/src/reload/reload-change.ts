import type { Change, OwnStep } from "@evenkeel/core";
import type { UnitState } from "../unit/unit-state.ts";
import type { ReloadWish } from "./reload-wish.ts";
import { unitOf } from "./reload-wish.ts";

/** A reload that proves itself: a new generation serves, the old one drains. Else what was changed is put back, and it fails. */
export function reloadProven(wish: ReloadWish): OwnStep {
  return { do: "reload.proven", data: wish };
}

interface Circumstances {
  readonly isNew?: boolean;
  /** What whoever runs it should know of it. */
  readonly remark?: string;
}

/** The same as a change of its unit. Where nothing has run before, nothing is interrupted. */
export function reloadChange({ isNew = false, remark, ...wish }: ReloadWish & Circumstances): Change<UnitState> {
  const activity = "serves what its files say, proven";
  return {
    ...{ kind: "unit", key: unitOf(wish), action: "reload" },
    before: { state: "present" },
    after: { state: "present", activity: remark === undefined ? activity : `${activity}; ${remark}` },
    steps: [reloadProven(wish)],
    undo: [],
    interrupts: isNew ? "nothing" : "reload",
  };
}
