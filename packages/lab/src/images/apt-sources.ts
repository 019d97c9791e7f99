import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DebianSuite } from "./suites.ts";

/** One place that apt reads packages from. */
export type AptSource = { uris: string[]; suites: string[]; signedBy: string | undefined };

/** The machine's own Debian sources, turned to another release of Debian. Empty when the machine is not Debian. */
export function sourcesFor(suite: DebianSuite, machine: readonly AptSource[], codename: string): AptSource[] {
  const turned = machine.flatMap((source) => {
    const uris = source.uris.filter((uri) => !uri.startsWith("cdrom:"));
    const suites = source.suites.flatMap((name) => turn(name, codename, suite));
    return uris.length > 0 && suites.length > 0 ? [{ ...source, uris, suites }] : [];
  });
  return turned.some((source) => source.suites.includes(suite)) ? turned : [];
}

/** sid has neither updates nor security: all of it goes into the one suite. */
function turn(name: string, codename: string, suite: DebianSuite): string[] {
  if (name === codename) return [suite];
  if (suite === "sid" || codename === "sid") return [];
  return [`${codename}-updates`, `${codename}-security`].includes(name) ? [name.replace(codename, suite)] : [];
}

export function readMachineSources(root = "/etc/apt"): AptSource[] {
  const parts = readdirSync(join(root, "sources.list.d"), { withFileTypes: true }).filter((entry) => entry.isFile());
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const files = [
    ...(readdirSync(root).includes("sources.list") ? ["sources.list"] : []),
    ...parts.map(({ name }) => join("sources.list.d", name)),
  ];
  return files
    .flatMap((file) => {
      if (file.endsWith(".list")) return parseOneLineSources(read(file));
      return file.endsWith(".sources") ? parseDeb822Sources(read(file)) : [];
    })
    .map((source) => ({ ...source, uris: source.uris.flatMap(expandMirrorList) }));
}

/** Cloud images name their mirrors in a file of their own, which a lab host would not have. */
function expandMirrorList(uri: string): string[] {
  if (!uri.startsWith("mirror+file:")) return [uri];
  const file = uri.replace(/^mirror\+file:(\/\/)?/, "");
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => line.trim().split(/\s+/).slice(0, 1))
    .filter((mirror) => mirror !== "" && !mirror.startsWith("#"));
}

export function parseOneLineSources(text: string): AptSource[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*deb\s+(?:\[(?<options>[^\]]*)\]\s+)?(?<uri>\S+)\s+(?<suite>\S+)/.exec(line)?.groups;
    if (!match?.uri || !match.suite) return [];
    return [{ uris: [match.uri], suites: [match.suite], signedBy: /signed-by=(\S+)/.exec(match.options ?? "")?.[1] }];
  });
}

export function parseDeb822Sources(text: string): AptSource[] {
  const paragraphs = text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .split(/\n\s*\n/);
  return paragraphs.map(parseFields).flatMap((fields) => {
    const words = (name: string) => (fields.get(name) ?? "").split(/\s+/).filter((word) => word !== "");
    const isOn = fields.get("enabled")?.toLowerCase() !== "no" && words("types").includes("deb");
    return isOn ? [{ uris: words("uris"), suites: words("suites"), signedBy: fields.get("signed-by") }] : [];
  });
}

function parseFields(paragraph: string): Map<string, string> {
  const fields = new Map<string, string>();
  let last = "";
  for (const line of paragraph.split("\n")) {
    const match = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
    if (match?.[1]) {
      last = match[1].toLowerCase();
      fields.set(last, (match[2] ?? "").trim());
    } else if (/^\s/.test(line)) fields.set(last, `${fields.get(last) ?? ""}\n${line}`);
  }
  return fields;
}

export function renderSources(sources: readonly AptSource[]): string {
  return sources
    .map(({ uris, suites, signedBy }) =>
      [
        "Types: deb",
        `URIs: ${uris.join(" ")}`,
        `Suites: ${suites.join(" ")}`,
        "Components: main",
        ...(signedBy ? [`Signed-By: ${signedBy}`] : []),
        "",
      ].join("\n"),
    )
    .join("\n");
}
