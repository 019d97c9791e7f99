import { createHash } from "node:crypto";
import { bootDebian, packageCache, prepareDebian } from "./debian-scripts.ts";
import type { DebianSuite, Suite } from "./suites.ts";
import { bootTiny, carveTiny } from "./tiny-scripts.ts";

/** All that decides what is in a base image, but for the packages' versions. */
export type Recipe = { suite: Suite; packages: readonly string[]; scripts: readonly string[] };

const debianPackages = ["systemd", "systemd-sysv", "dbus", "openssh-server", "iproute2", "ca-certificates", "sudo"];

export function recipeOf(suite: Suite): Recipe {
  if (suite !== "tiny") return { suite, packages: debianPackages, scripts: [prepareDebian, bootDebian, packageCache] };
  const base = recipeOf(tinyBase);
  return { suite, packages: ["busybox-static", "dropbear-bin"], scripts: [carveTiny, bootTiny, ...base.scripts] };
}

/** The release that `tiny` takes its two programs from. */
export const tinyBase: DebianSuite = "trixie";

/** A name that changes with the recipe, so that a changed recipe is a missing image. */
export function imageReference(recipe: Recipe): string {
  const hash = createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 12);
  return `${imageRepository}/${recipe.suite}:${hash}`;
}

export const imageRepository = "localhost/evenkeel-lab";
