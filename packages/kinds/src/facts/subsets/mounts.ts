export function parseMounts(text: string) {
  const [mounts = "", info = "", sizes = "", uuids = ""] = text.split(/^==\n/m);
  const bound = new Set(
    info
      .split("\n")
      .map((line) => line.split(" "))
      .filter((words) => (words[3] ?? "/") !== "/")
      .map((words) => unescapeOctal(words[4] ?? "")),
  );
  const sizeOf = new Map(sizes.split("\n").flatMap(size));
  const uuidOf = new Map(
    [...uuids.matchAll(/ (\S+) -> (?:\.\.\/)*(\S+)$/gm)].map(([, uuid = "", device = ""]) => [`/dev/${device}`, uuid]),
  );
  return {
    mounts: mounts.split("\n").flatMap((line) => {
      const [device = "", mount = "", fstype = "", options = "", dump = "0", passno = "0"] = line
        .split(" ")
        .map(unescapeOctal);
      if (!(/^[/\\]/.test(device) || device.includes(":/")) || fstype === "none") return [];
      const bind = bound.has(mount) && !/(^|,)bind(,|$)/.test(options) ? ",bind" : "";
      return [
        {
          ...{ mount, device, fstype, options: `${options}${bind}`, dump: Number(dump), passno: Number(passno) },
          ...sizeOf.get(mount),
          uuid: uuidOf.get(device) ?? "N/A",
        },
      ];
    }),
  };
}

/** What `stat -f` said of a mounted filesystem. */
function size(line: string): [string, Record<string, number>][] {
  const [, numbers, path] = /^((?:\d+ ){7})(.*)$/s.exec(line) ?? [];
  if (numbers === undefined || path === undefined) return [];
  const [block_size = 0, fragment = 0, block_total = 0, , available = 0, inode_total = 0, inode_available = 0] = numbers
    .trim()
    .split(" ")
    .map(Number);
  return [
    [
      path,
      {
        ...{ size_total: fragment * block_total, size_available: fragment * available },
        ...{ block_size, block_total, block_available: available, block_used: block_total - available },
        ...{ inode_total, inode_available, inode_used: inode_total - inode_available },
      },
    ],
  ];
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
