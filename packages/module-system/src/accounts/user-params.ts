import { MaybeSecret, Refused } from "@evenkeel/core";
import { Type } from "typebox";

const otherSystem = "it is of another operating system";

const Days = (description: string) => Type.Optional(Type.Integer({ description }));
const Text = (description: string) => Type.Optional(Type.String({ description }));

export const UserParams = Type.Object(
  {
    name: Type.String({ description: "its name", aliases: ["user"] }),
    state: Type.Enum(["present", "absent"], {
      type: "string",
      default: "present",
      description: "whether it is to be there",
    }),
    uid: Type.Optional(Type.Integer({ description: "its number" })),
    non_unique: Type.Boolean({ default: false, description: "the number may be another's, too" }),
    group: Text("its primary group, by name or number"),
    groups: Type.Optional(
      Type.Array(Type.String(), { description: "its other groups; an empty list: none", split: true }),
    ),
    append: Type.Boolean({ default: false, description: "groups that are not named stay" }),
    comment: Text("who it is"),
    home: Text("its home"),
    create_home: Type.Boolean({
      default: true,
      description: "make its home where it is missing",
      aliases: ["createhome"],
    }),
    move_home: Type.Boolean({ default: false, description: "what is in the old home goes to the new one" }),
    skeleton: Text("what a new home is filled with; left out: /etc/skel"),
    shell: Text("its login shell"),
    system: Type.Boolean({ default: false, description: "a new one's number is of the system's range" }),
    password: Type.Optional(
      MaybeSecret({ description: "its password's hash, as in /etc/shadow; `password_hash` makes one" }),
    ),
    update_password: Type.Enum(["always", "on_create"], {
      type: "string",
      default: "always",
      description: "whether the password is only for a new one",
    }),
    password_lock: Type.Optional(Type.Boolean({ description: "whether it can log in with a password" })),
    expires: Type.Optional(
      Type.Number({ description: "when the account ends, in seconds since 1970; negative: never" }),
    ),
    password_expire_max: Days("so many days after a change, a password must be changed"),
    password_expire_min: Days("so many days after a change, a password may be changed"),
    password_expire_warn: Days("so many days before that, there are warnings"),
    password_expire_account_disable: Days("so many days after that, the account is disabled"),
    umask: Text("the umask with which a new home is made"),
    uid_min: Days("where numbers of new users begin"),
    uid_max: Days("where they end"),
    local: Type.Boolean({
      default: false,
      description: "only the host's own files count, not directories such as LDAP",
    }),
    remove: Type.Boolean({ default: false, description: "with state absent: its home and mail go, too" }),
    force: Type.Boolean({
      default: false,
      description: "with state absent: although it is logged in; with generate_ssh_key: a new key each time",
    }),
    generate_ssh_key: Type.Boolean({ default: false, description: "make a pair of keys for it where there is none" }),
    ssh_key_type: Type.String({ default: "rsa", description: "the sort of key" }),
    ssh_key_bits: Type.Optional(Type.Integer({ description: "its length" })),
    ssh_key_file: Text("where it is, in the home or absolute; left out: .ssh/id_TYPE"),
    ssh_key_comment: Type.String({
      default: "ansible-generated on $HOSTNAME",
      description: "its comment; $HOSTNAME is the host's name",
    }),
    ssh_key_passphrase: Type.Optional(MaybeSecret({ description: "what protects the key" })),
    seuser: Refused("SELinux users are set with command: semanage login"),
    authorization: Refused(otherSystem),
    hidden: Refused(otherSystem),
    login_class: Refused(otherSystem),
    profile: Refused(otherSystem),
    role: Refused(otherSystem),
  },
  { additionalProperties: false },
);
