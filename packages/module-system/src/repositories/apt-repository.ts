import type { Observed } from "@evenkeel/core";
import { defineModule, InputError, isUnsettled } from "@evenkeel/core";
import type { AptSourcesState } from "@evenkeel/kinds";
import { aptSources, file, lookInto, modeText, packageLists } from "@evenkeel/kinds";
import { Type } from "typebox";
import { editFile } from "../files/edit-file.ts";
import { retryParams } from "../packages/retry-params.ts";
import { parseSourceLine, putSource, removeSource, sourcesFileName } from "./source-line.ts";

export const aptRepository = defineModule({
  name: "apt_repository",
  summary: "A place where apt finds packages, as a line of a .list file.",
  params: Type.Object(
    {
      repo: Type.String({ description: "the line, such as `deb http://deb.debian.org/debian trixie main`" }),
      state: Type.Enum(["present", "absent"], {
        type: "string",
        default: "present",
        description: "whether it is to be there",
      }),
      filename: Type.Optional(
        Type.String({ description: "the file in sources.list.d without `.list`; left out: after the address" }),
      ),
      mode: Type.Optional(Type.Union([Type.String(), Type.Integer()], { description: "the file's mode" })),
      update_cache: Type.Boolean({
        default: true,
        description: "fetch the lists after a change",
        aliases: ["update-cache"],
      }),
      ...retryParams,
      codename: Type.Optional(Type.String({ description: "the release that `ppa:` lines are for" })),
      install_python_apt: Type.Boolean({ default: true, description: "nothing is needed on the host" }),
      validate_certs: Type.Boolean({ default: true, description: "of `ppa:` lines" }),
    },
    { additionalProperties: false },
  ),
  observe({ repo, filename, state }) {
    const source = sourceOf(repo);
    const path = sourcesFileName(source, filename);
    return {
      ...lookInto(path),
      sources: aptSources("one-line"),
      lists: packageLists("apt"),
      ...(state === "absent" && {}),
    };
  },
  plan({ sources, lists, ...answers }, params) {
    const source = sourceOf(params.repo);
    const path = sourcesFileName(source, params.filename);
    const changes =
      params.state === "absent"
        ? removals(sources, source)
        : isEnabled(sources, source, path)
          ? []
          : editFile(
              answers,
              { create: true, backup: false, ...(params.mode !== undefined && { mode: modeText(params.mode) }) },
              (text) => putSource(text, source),
            );
    if (changes.length === 0 || !params.update_cache) return changes;
    const how = {
      validSeconds: 0,
      tries: params.update_cache_retries,
      maxPauseSeconds: params.update_cache_retry_max_delay,
    };
    return [...changes, ...packageLists.ensure(lists, how)];
  },
  result({ before, changes }, { repo, state }) {
    const source = sourceOf(repo);
    const paths = changes.filter(({ kind }) => kind === "file").map(({ key }) => key);
    const had = isUnsettled(before.sources.state) ? [] : before.sources.state.files.map(({ path }) => path);
    return {
      ...{ repo, state },
      sources_added: state === "present" ? paths.filter((path) => !had.includes(path)) : [],
      sources_removed: state === "absent" ? paths : [],
      source,
    };
  },
  returns: Type.Object({
    repo: Type.String({ description: "the line" }),
    state: Type.String({ description: "what was asked for" }),
    sources_added: Type.Array(Type.String(), { description: "files that were not there before" }),
    sources_removed: Type.Array(Type.String(), { description: "files that are gone" }),
    source: Type.String({ description: "the line, as it is put" }),
  }),
});

function sourceOf(repo: string): string {
  if (repo.startsWith("ppa:")) {
    throw new InputError({
      code: "apt-repository/ppa",
      message: `${repo}: what a ppa is made of is asked of launchpad.net, which we do not do`,
      hint: "use deb822_repository with the ppa's address and key, as its page on launchpad.net shows them",
    });
  }
  const line = parseSourceLine(repo);
  if (line?.isEnabled) return line.source;
  throw new InputError({
    code: "apt-repository/line",
    message: `not a line of a sources.list: ${repo}`,
    hint: "such as: deb http://deb.debian.org/debian trixie main",
  });
}

/** In any file but the one that it would be put into: that one is looked at itself. */
function isEnabled({ state }: Observed<AptSourcesState>, source: string, own: string): boolean {
  if (isUnsettled(state)) return false;
  return state.files.some(({ path, text }) => path !== own && putSource(text, source) === text);
}

/** Wherever the line is, it goes; a file that is left empty goes, too. */
function removals({ state }: Observed<AptSourcesState>, source: string) {
  if (isUnsettled(state)) return [];
  return state.files.flatMap(({ path, text }) => {
    const left = removeSource(text, source);
    if (left === text) return [];
    const actual = { kind: "file", key: path, state: { type: "file", text } as const };
    return file.ensure(
      actual,
      left.trim() === "" && path !== "/etc/apt/sources.list" ? { type: "absent" } : { content: left },
    );
  });
}
