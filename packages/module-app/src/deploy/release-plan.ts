import { hash } from "node:crypto";
import type { Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Service } from "../instance/unit-text.ts";
import { serviceText, socketText } from "../instance/unit-text.ts";
import type { ReleaseSettings, ReleaseState } from "../release/release-state.ts";
import type { DeployParams } from "./deploy-params.ts";

/** Stands for a release of which only the run itself can tell what it will be called. */
export const UNKNOWN_RELEASE = "0000000000-000000";

/** How an application runs, as a task says it. */
export function serviceOf(params: DeployParams): Service {
  const { name, user = name, web_group: webGroup, environment, secrets, writable, memory_max, unit } = params;
  for (const key of [...Object.keys(environment), ...Object.keys(secrets)]) demandVariable(key);
  return {
    ...{ name, user, webGroup, writable, unit, stopSeconds: params.stop_seconds },
    command: commandOf(params),
    environment: { ...(params.runtime && usual[params.runtime]), ...environment },
    secrets: Object.keys(secrets),
    ...(memory_max !== undefined && { memoryMax: memory_max }),
  };
}

const usual = { python: { PYTHONUNBUFFERED: "1" }, node: { NODE_ENV: "production" } };

function commandOf({ runtime, start, command, requirements }: DeployParams): string {
  if (runtime === undefined) {
    if (command !== undefined && start === undefined) return command;
    throw problem("needs either `runtime` and `start`, or `command`");
  }
  if (start === undefined || command !== undefined) throw problem("with `runtime` needs `start`, and no `command`");
  if (runtime === "node") return `node ${start}`;
  return `${requirements === undefined ? "" : ".venv/bin/"}gunicorn ${start}`;
}

/** What is run in a new release before anything is started. */
export function buildOf({ runtime, requirements, build }: DeployParams): readonly string[] {
  const venv = `python3 -m venv --system-site-packages .venv && .venv/bin/pip install --no-input --disable-pip-version-check -r`;
  const python = [...(requirements === undefined ? [] : [`${venv} ${requirements}`])];
  const node = [
    "if [ -f package-lock.json ] && [ ! -d node_modules ]; then npm ci --omit=dev --no-audit --no-fund; fi",
  ];
  return [...(runtime === "python" ? python : runtime === "node" ? node : []), ...build];
}

/** How it is asked whether it can serve. */
export function settingsOf(params: DeployParams, id: string): ReleaseSettings {
  const { health, health_seconds, health_checks, release_header, drain_seconds, environment } = params;
  return {
    ...(health !== undefined && { health }),
    ...{ healthSeconds: health_seconds, healthChecks: health_checks, drainSeconds: drain_seconds },
    ...(release_header !== undefined && { releaseHeader: release_header, releaseValue: environment.RELEASE ?? id }),
  };
}

/**
 * The release that a task asks for: its source and all that decides how it runs, so that the same is the same release, and
 * anything else another. What secrets are cannot be in a name; another secret is another edition: `.2`, `.3` …
 */
export function nameRelease(digest: string, params: DeployParams, releases: ReleaseState | undefined): string {
  const service = serviceOf(params);
  const { shared, migrate, assets } = params;
  const texts = [serviceText(service, UNKNOWN_RELEASE), socketText(service, UNKNOWN_RELEASE)];
  const how = hash("sha256", JSON.stringify([...texts, buildOf(params), shared, migrate, assets]));
  const name = `${digest.slice(0, 10)}-${how.slice(0, 6)}`;
  for (let edition = 1; ; edition++) {
    const id = edition === 1 ? name : `${name}.${edition}`;
    const there = releases?.[id];
    if (there?.state !== "built" || hasSecrets(there.secrets ?? {}, params.secrets)) return id;
  }
}

/** Sums of secrets, as the host has them of its files. */
export function sumsOf(secrets: DeployParams["secrets"]): Readonly<Record<string, string>> {
  const plain = (secret: string | Secret) => (typeof secret === "string" ? secret : secret.reveal());
  return Object.fromEntries(Object.entries(secrets).map(([key, secret]) => [key, hash("sha256", plain(secret))]));
}

function hasSecrets(there: Readonly<Record<string, string>>, wanted: DeployParams["secrets"]): boolean {
  return Object.entries(sumsOf(wanted)).every(([key, sum]) => there[key] === sum);
}

function demandVariable(key: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(key)) throw problem(`cannot have a variable named ${JSON.stringify(key)}`);
}

function problem(what: string): InputError {
  return new InputError({ code: "app/params", message: `app.deploy ${what}` });
}
