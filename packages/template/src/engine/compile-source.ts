import { TemplateFault } from "../python/fault.ts";
import { parseExpression, parseTemplate } from "../syntax/parse.ts";
import { readHeader } from "../syntax/read-header.ts";
import type { Settings } from "../syntax/settings.ts";
import { ansibleSettings, checkSettings } from "../syntax/settings.ts";
import { changesData } from "./changes-data.ts";
import type { CompiledExpression, CompiledTemplate } from "./compiled.ts";
import { Compiler } from "./compiler.ts";

/** How many compiled texts are kept. */
const CACHE_SIZE = 5000;

interface Source {
  readonly settings: Settings;
  readonly keepsBackslashes: boolean;
  /** The file, when it is not known to whoever renders. */
  readonly file?: string | undefined;
}

/** The same text is compiled once. */
export function compileSource(source: string, { settings, keepsBackslashes, file }: Source): CompiledTemplate {
  const plain = settings === ansibleSettings ? "" : JSON.stringify(settings);
  return cached(templates, `${keepsBackslashes ? "v" : "t"}${file ?? ""}\0${plain}\0${source}`, () =>
    inFile(file, () => {
      const { body, settings: own } = readHeader(source, settings);
      const compiler = new Compiler({ file, linesAbove: body === source ? 0 : 1 });
      return compiler.template(parseTemplate(body, own, keepsBackslashes));
    }),
  );
}

export function compileBare(source: string): CompiledExpression {
  return cached(expressions, source, () => {
    const node = parseExpression(source, ansibleSettings);
    const evaluate = new Compiler({ rendersLiterals: true }).expression(node);
    return { evaluate, changesData: changesData(node) };
  });
}

/** One object for the settings that nearly all templates have, so that they are recognised. */
export function settingsWith(own: Partial<Settings> | undefined): Settings {
  if (own === undefined || Object.keys(own).length === 0) return ansibleSettings;
  return checkSettings({ ...ansibleSettings, ...own });
}

const templates = new Map<string, CompiledTemplate>();
const expressions = new Map<string, CompiledExpression>();

/** What was used longest ago makes room. */
function cached<Compiled>(cache: Map<string, Compiled>, key: string, compile: () => Compiled): Compiled {
  const known = cache.get(key);
  if (known !== undefined) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const compiled = compile();
  cache.set(key, compiled);
  const [oldest] = cache.size > CACHE_SIZE ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  return compiled;
}

function inFile<Result>(file: string | undefined, compile: () => Result): Result {
  try {
    return compile();
  } catch (error) {
    if (file === undefined || !(error instanceof TemplateFault) || error.at === undefined) throw error;
    const { hint, message, at } = error;
    throw new TemplateFault(error.code.replace("template/", ""), message, {
      at: { ...at, file },
      ...(hint && { hint }),
    });
  }
}
