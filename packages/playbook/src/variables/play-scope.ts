import type { HostMemory } from "@evenkeel/core";
import type { Here } from "../reading.ts";
import type { Frame } from "./frame.ts";
import { TaskScope } from "./task-scope.ts";
import type { World } from "./world.ts";

/** What is known before it is known for which host: for what has to be worked out while a playbook is read. */
export function playScope({ reading, frame }: Pick<Here, "reading" | "frame">): TaskScope {
  return hostless(reading.world, frame);
}

export function hostless(world: World, frame: Frame | undefined): TaskScope {
  return new TaskScope({ world, memory: nobody, frame, overlay: {} });
}

const nobody: HostMemory = Object.freeze({ name: "", facts: {}, setFacts: {}, registered: {}, included: {} });
