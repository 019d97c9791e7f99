import { defineKind } from "@evenkeel/core";

/** The files in which apt is told where packages come from, in the one-line form. */
export interface AptSourcesState {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The release's name, such as `trixie`. */
  readonly codename?: string;
}

/** All of them; there is one list, under any key. Each file is changed as a file. */
export const aptSources = defineKind<AptSourcesState, never>({
  name: "apt-sources",
  read: () => `for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ ! -f "$file" ] || { printf '%s %s\\n' "$(wc -c <"$file")" "$file"; cat "$file"; echo; }
done
echo ==
while IFS='=' read -r name value; do case $name in VERSION_CODENAME) echo "$value" ;; esac; done 2>/dev/null </etc/os-release
:`,
  parse(output, keys) {
    const files: { readonly path: string; readonly text: string }[] = [];
    let rest = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const [, size, path] = /^ *(\d+) (.*)$/s.exec(rest.toString("utf8", 0, end)) ?? [];
      if (size === undefined || path === undefined) break;
      files.push({ path, text: rest.toString("utf8", end + 1, end + 1 + Number(size)) });
      rest = rest.subarray(end + 1 + Number(size) + 1);
    }
    const codename = rest.toString().split("\n")[1]?.replaceAll('"', "");
    return new Map(keys.map((key) => [key, { files, ...(codename && { codename }) }]));
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: () => false,
  dependsOn: ["file", "package"],
  describe: ({ files }) => ({ files: files.map(({ path }) => path).join(", ") }),
});
