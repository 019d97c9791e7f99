export function parseUser(text: string) {
  const [name = "", uid = "", gid = "", realUid = "", realGid = "", entry = ""] = text.split("\n");
  const [, , , , gecos = "", dir = "", shell = ""] = entry.split(":");
  return {
    ...{
      user_id: name,
      user_uid: Number(uid),
      user_gid: Number(gid),
      user_gecos: gecos,
      user_dir: dir,
      user_shell: shell,
    },
    ...{
      real_user_id: Number(realUid),
      real_group_id: Number(realGid),
      effective_user_id: Number(uid),
      effective_group_id: Number(gid),
    },
  };
}

/** Parted by NUL bytes: values may have lines of their own. */
export function parseEnv(text: string) {
  const pairs = text
    .replace(/\n$/, "")
    .split("\0")
    .filter((pair) => pair.includes("="));
  return {
    env: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)])),
  };
}
