import { Type } from "typebox";
import { retryParams } from "./retry-params.ts";

const Flag = (description: string, aliases?: readonly string[]) =>
  Type.Boolean({ description, default: false, ...(aliases && { aliases }) });

export const AptParams = Type.Object(
  {
    name: Type.Optional(
      Type.Array(Type.String(), {
        description:
          "packages: `nginx`, `nginx=1.26*`, `nginx>=1.26`, `libc6:i386`, `php*`; `*` with state latest is all of them",
        aliases: ["package", "pkg"],
        split: true,
      }),
    ),
    state: Type.Enum(["present", "absent", "latest", "build-dep", "fixed"], {
      type: "string",
      default: "present",
      description:
        "what they are to be; `build-dep` installs what building them takes, `fixed` mends broken dependencies",
    }),
    update_cache: Type.Optional(
      Type.Boolean({ description: "fetch newer lists first, where they matter", aliases: ["update-cache"] }),
    ),
    cache_valid_time: Type.Integer({
      default: 0,
      description: "lists that are younger, in seconds, are not fetched again",
    }),
    ...retryParams,
    upgrade: Type.Union([Type.Enum(["dist", "full", "no", "safe", "yes"], { type: "string" }), Type.Boolean()], {
      default: "no",
      description: "all packages: `dist` and `full` remove others where they must, `safe` and `yes` do not",
    }),
    deb: Type.Optional(Type.String({ description: "a .deb on the host, or its URL; several with commas" })),
    default_release: Type.Optional(
      Type.String({
        description: "the release to take packages from, such as trixie-backports",
        aliases: ["default-release"],
      }),
    ),
    install_recommends: Type.Optional(
      Type.Boolean({
        description: "what packages recommend comes too; left out: as apt is set up",
        aliases: ["install-recommends"],
      }),
    ),
    only_upgrade: Flag("what is not installed stays away"),
    purge: Flag("configuration goes, too"),
    autoremove: Flag("dependencies that nothing needs any more go"),
    autoclean: Flag("downloaded packages that can no longer be had go"),
    clean: Flag("all downloaded packages go"),
    fail_on_autoremove: Flag("fail rather than remove a package"),
    force: Flag("allow everything: downgrades, held and unauthenticated packages, removing essential ones"),
    allow_unauthenticated: Flag("install what nobody has signed", ["allow-unauthenticated"]),
    allow_downgrade: Flag("go back to an older version", ["allow-downgrade", "allow_downgrades", "allow-downgrades"]),
    allow_change_held_packages: Flag("change packages that are on hold"),
    dpkg_options: Type.String({
      default: "force-confdef,force-confold",
      description: "dpkg's options without dashes, with commas",
    }),
    lock_timeout: Type.Optional(
      Type.Integer({ description: "how long to wait for others that use apt, in seconds; 300 unless said" }),
    ),
    policy_rc_d: Type.Optional(
      Type.Integer({
        description: "what policy-rc.d says to maintainer scripts; left out: services wait for the end of the play",
      }),
    ),
    force_apt_get: Flag("apt-get is what is used anyway"),
    auto_install_module_deps: Type.Boolean({ default: true, description: "nothing is needed on the host" }),
  },
  { additionalProperties: false },
);
