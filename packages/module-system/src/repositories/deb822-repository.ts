import { defineModule } from "@evenkeel/core";
import { aptKeyFile, file, itself, lookAt, modeText } from "@evenkeel/kinds";
import { Type } from "typebox";
import { deb822Text } from "./deb822-text.ts";

const Flag = (description: string) => Type.Optional(Type.Boolean({ description }));
const List = (description: string) => Type.Optional(Type.Array(Type.String(), { description, split: true }));

export const deb822Repository = defineModule({
  name: "deb822_repository",
  summary: "A place where apt finds packages, as a .sources file.",
  params: Type.Object(
    {
      name: Type.String({ description: "what it is called; the file is named after it" }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is to be there",
      }),
      types: Type.Array(Type.Enum(["deb", "deb-src"], { type: "string" }), {
        default: ["deb"],
        description: "packages, their sources, or both",
        split: true,
      }),
      uris: List("where it is"),
      suites: List("releases, such as trixie; or paths that end in a slash"),
      components: List("parts of them, such as main"),
      architectures: List("for which architectures"),
      languages: List("which translations"),
      targets: List("which targets to fetch"),
      signed_by: Type.Optional(
        Type.String({
          description:
            "the keys it is signed with: a file on the host, a URL that the host fetches once, or the keys themselves",
        }),
      ),
      enabled: Flag("whether it is used"),
      trusted: Flag("whether it is taken for authentic without a signature"),
      allow_insecure: Flag("allow repositories that are not signed"),
      allow_weak: Flag("allow weak signatures"),
      allow_downgrade_to_insecure: Flag("allow it to lose its signature"),
      by_hash: Flag("fetch indexes by their hash"),
      check_date: Flag("its date must not lie in the future"),
      check_valid_until: Flag("it must not be too old"),
      date_max_future: Type.Optional(
        Type.Integer({ description: "how far in the future its date may lie, in seconds" }),
      ),
      inrelease_path: Type.Optional(Type.String({ description: "where its InRelease file is" })),
      pdiffs: Flag("fetch differences of indexes"),
      mode: Type.Union([Type.String(), Type.Integer()], { default: "0644", description: "the file's mode" }),
    },
    { additionalProperties: false },
  ),
  observe({ name, signed_by }) {
    const key = keyPath(name, signed_by);
    return {
      ...lookAt(sourcesPath(name)),
      keys: [...new Set([...(key ? [key] : []), ...keyPaths(name)])].map((path) => aptKeyFile(path)),
    };
  },
  plan({ keys, ...answers }, params) {
    const own = itself(answers);
    if (params.state === "absent") {
      return [
        ...file.ensure(own, { type: "absent" }),
        ...keys.flatMap((key) => aptKeyFile.ensure(key, { state: "absent" })),
      ];
    }
    const path = keyPath(params.name, params.signed_by);
    const fetched =
      path === undefined
        ? []
        : keys
            .filter(({ key }) => key === path)
            .flatMap((key) => aptKeyFile.ensure(key, { url: params.signed_by ?? "" }));
    const content = deb822Text({ ...params, ...(path !== undefined && { signed_by: path }) });
    return [...fetched, ...file.ensure(own, { content, mode: modeText(params.mode) })];
  },
  result(_, params) {
    const path =
      keyPath(params.name, params.signed_by) ?? (params.signed_by?.startsWith("/") ? params.signed_by : undefined);
    return {
      repo:
        params.state === "absent" ? null : deb822Text({ ...params, ...(path !== undefined && { signed_by: path }) }),
      ...{ dest: sourcesPath(params.name), key_filename: path ?? null },
    };
  },
  returns: Type.Object({
    repo: Type.Union([Type.String(), Type.Null()], { description: "the text of the file" }),
    dest: Type.String({ description: "the file" }),
    key_filename: Type.Union([Type.String(), Type.Null()], { description: "the file of a key that was fetched" }),
  }),
});

function sourcesPath(name: string): string {
  return `/etc/apt/sources.list.d/${slug(name)}.sources`;
}

function keyPaths(name: string): string[] {
  return ["asc", "gpg"].map((end) => `/etc/apt/keyrings/${slug(name)}.${end}`);
}

/** Where keys from a URL are kept; by its name, since what is behind it is not known before it is fetched. */
function keyPath(name: string, signedBy: string | undefined): string | undefined {
  if (signedBy === undefined || !/^[a-z]+:\/\/\S+$/.test(signedBy)) return undefined;
  const [asc, gpg] = keyPaths(name);
  return /\.(gpg|pgp|key\.bin)$/.test(signedBy) ? gpg : asc;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_\s]+/g, "-")
    .replace(/[^a-z0-9-]+/g, "");
}
