import { TemplateFault } from "../python/fault.ts";
import type { Settings } from "./settings.ts";
import { checkSettings, settingNames } from "./settings.ts";
import { unescapeText } from "./unescape-text.ts";

export const HEADER = "#jinja2:";

/** Takes the line `#jinja2: trim_blocks: False, lstrip_blocks: True` off the top of a template. */
export function readHeader(source: string, settings: Settings): { readonly body: string; readonly settings: Settings } {
  if (!source.startsWith(HEADER)) return { body: source, settings };
  const end = source.indexOf("\n");
  if (end < 0) throw malformed("the line must end");
  const overrides = Object.fromEntries(source.slice(HEADER.length, end).split(",").map(readPair));
  return { body: source.slice(end + 1), settings: checkSettings({ ...settings, ...overrides }) };
}

function readPair(pair: string): [string, unknown] {
  const at = pair.indexOf(":");
  if (at < 0) throw malformed(`"${pair.trim()}" is not of the form name: value`);
  const name = pair.slice(0, at).trim();
  const setting = settingNames[name];
  if (setting === undefined)
    throw malformed(`there is no setting ${name}`, `they are ${Object.keys(settingNames).join(", ")}`);
  return [setting, readValue(pair.slice(at + 1).trim())];
}

function readValue(text: string): unknown {
  if (text === "True" || text === "False") return text === "True";
  if (text === "None") return undefined;
  const quoted = /^(['"])(.*)\1$/.exec(text);
  if (quoted === null) throw malformed(`${text} is neither True, False nor a quoted text`);
  return unescapeText(quoted[2] ?? "");
}

function malformed(what: string, hint?: string): TemplateFault {
  return new TemplateFault("header", `${HEADER} at the top of a template: ${what}`, hint === undefined ? {} : { hint });
}
