import { expect, test } from "vitest";
import { containerfile } from "./build-from-registry.ts";
import { mmdebstrapCommand } from "./build-with-mmdebstrap.ts";
import { imageReference, recipeOf } from "./recipe.ts";

test("an image's name changes with its recipe, and only with it", () => {
  const recipe = recipeOf("trixie");
  expect(imageReference(recipe)).toMatch(/^localhost\/evenkeel-lab\/trixie:[0-9a-f]{12}$/);
  expect(imageReference({ ...recipe })).toBe(imageReference(recipe));
  expect(imageReference({ ...recipe, packages: [...recipe.packages, "cron"] })).not.toBe(imageReference(recipe));
  expect(imageReference({ ...recipe, scripts: ["other"] })).not.toBe(imageReference(recipe));
});

test("a changed Debian image is a changed tiny one", () => {
  expect(recipeOf("tiny").scripts).toEqual(expect.arrayContaining([...recipeOf("trixie").scripts]));
});

test("both ways of building install the same packages and run the same script", () => {
  const { packages } = recipeOf("trixie");
  const sources = [{ uris: ["http://mirror.example"], suites: ["trixie"], signedBy: "/etc/apt/keyrings/own.gpg" }];
  const bootstrap = mmdebstrapCommand({ directory: "/b", suite: "trixie", packages, sources });
  expect(bootstrap).toContain(`--include=${packages.join(",")}`);
  expect(bootstrap).toContain('--customize-hook=chroot "$1" sh < /b/prepare.sh');
  expect(bootstrap).toContain("--customize-hook=copy-in /etc/apt/keyrings/own.gpg /etc/apt/keyrings");
  const file = containerfile("debian:trixie-slim", recipeOf("trixie"));
  expect(file).toContain(`--no-install-recommends ${packages.join(" ")} && sh /run/prepare.sh`);
  expect(file).toContain("LABEL evenkeel.lab.suite=trixie");
});
