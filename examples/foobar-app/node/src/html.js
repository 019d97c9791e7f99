import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../templates/", import.meta.url);

/** Templates in which everything is escaped that does not say that it is HTML. */
export class Templates {
  #sources;

  constructor(folder = FOLDER) {
    const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
    this.#sources = new Map(names.map((name) => [name.slice(0, -5), readFileSync(new URL(name, folder), "utf8")]));
  }

  /** Fills `{{hole}}` with escaped text, and `{{{hole}}}` with HTML. */
  render(template, values) {
    return this.#sources
      .get(template)
      .replace(/\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_, raw, escaped) =>
        raw ? values[raw] : escapeHtml(values[escaped]),
      );
  }
}

/** Plain text as HTML: an empty line begins a paragraph. */
export function paragraphs(text) {
  const parts = text.split(/\n\s*\n/).map((part) => part.trim());
  return parts.flatMap((part) => (part === "" ? [] : [`<p>${escapeHtml(part)}</p>`])).join("\n");
}

const NAMES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => NAMES[character]);
