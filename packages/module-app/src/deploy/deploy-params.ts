import { MaybeSecret } from "@evenkeel/core";
import type { Static } from "typebox";
import { Type } from "typebox";

const list = (description: string, words: object = {}) =>
  Type.Array(Type.String({ description }), { default: [], description, ...words });

/** Part of a unit's text: a secret is told apart, so that it can be refused. */
const unitText = (description: string) => Type.Unsafe<string>({ type: "string", mayBeSecret: true, description });

export const deployParams = Type.Object(
  {
    name: Type.String({ description: "its name: of its folder below /srv, its user and its units" }),
    src: Type.Optional(Type.String({ local: "tree", description: "the folder with its source, here" })),
    exclude: Type.Array(Type.String({ description: "a name, or a path from the top" }), {
      default: [".git", "node_modules", "__pycache__", ".venv"],
      description: "what of `src` stays here: names anywhere, or paths from the top; may have * and **",
    }),
    git: Type.Optional(Type.String({ description: "the repository with its source, as the host reaches it" })),
    version: Type.String({ default: "HEAD", description: "of `git`: a branch, a tag or a commit" }),
    runtime: Type.Optional(
      Type.Enum(["python", "node"], { type: "string", description: "python: gunicorn serves it; node: node runs it" }),
    ),
    start: Type.Optional(
      unitText("with `runtime`: the WSGI application, such as shop.wsgi; the script, such as server.js"),
    ),
    command: Type.Optional(
      unitText("without `runtime`: a program with its arguments, which takes the socket from systemd"),
    ),
    requirements: Type.Optional(
      Type.String({
        description: "with python: a file for pip, such as requirements.txt, for an environment of its own",
      }),
    ),
    build: Type.Array(unitText("a line for sh"), {
      default: [],
      description: "lines for sh, run in the new release as its user before it is started",
    }),
    migrate: Type.Optional(unitText("a line for sh that is run once for a release, before it is started")),
    migration_resumes: Type.Boolean({
      default: false,
      description: "a migration that was cut in the middle may be run again: it knows itself what was done",
    }),
    shared: list("a path in the release that is the same in all releases; a folder when it ends with /"),
    assets: Type.Optional(
      Type.String({
        description: "a folder in the release; its files are put into /srv/NAME/assets, beside those of older ones",
      }),
    ),
    environment: Type.Record(Type.String(), unitText("a variable's value"), {
      default: {},
      description: "what its environment says",
    }),
    secrets: Type.Record(Type.String(), MaybeSecret({ description: "a secret" }), {
      default: {},
      description: "files that only it can read; NAME is found by the variable NAME_FILE",
    }),
    user: Type.Optional(Type.String({ description: "whom it runs as; made when missing; default: its name" })),
    web_group: Type.String({
      default: "www-data",
      description: "the group of the web server, which may connect to it",
    }),
    writable: list("a folder beside `shared` that it may write to"),
    memory_max: Type.Optional(Type.String({ description: "as systemd takes it: 512M; beyond, it is ended" })),
    unit: Type.Record(Type.String(), unitText("a setting's value"), {
      default: {},
      description: "more lines for the section [Service] of its unit",
    }),
    health: Type.Optional(
      Type.String({ description: "a path that answers 2xx or 3xx when it can serve; without one, running is enough" }),
    ),
    health_seconds: Type.Integer({ default: 60, minimum: 1, description: "it may take so long until it can serve" }),
    health_checks: Type.Integer({ default: 3, minimum: 1, description: "so many good answers in a row" }),
    release_header: Type.Optional(
      Type.String({ description: "a header in which answers to `health` must say the release, such as X-Release" }),
    ),
    drain_seconds: Type.Integer({
      default: 30,
      minimum: 0,
      description: "the old one may serve what it has so much longer",
    }),
    stop_seconds: Type.Integer({ default: 45, minimum: 1, description: "and then take so long to end" }),
    keep: Type.Integer({ default: 3, minimum: 1, description: "so many older releases are kept, for a rollback" }),
  },
  { additionalProperties: false },
);

export type DeployParams = Static<typeof deployParams>;
