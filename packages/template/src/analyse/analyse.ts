import { settingsWith } from "../engine/compile-source.ts";
import { located, placeAt } from "../engine/locate.ts";
import type { TemplateOptions } from "../options.ts";
import type { Position } from "../python/fault.ts";
import type { Body, Expression } from "../syntax/nodes.ts";
import { parseExpression, parseTemplate } from "../syntax/parse.ts";
import { readHeader } from "../syntax/read-header.ts";
import { ansibleSettings } from "../syntax/settings.ts";
import type { Analysis, Spot } from "./analysis.ts";
import { StatementWalker } from "./statement-walker.ts";

/** Tells what a text uses, read as a template, a value or an expression. A mistake in how it is written is thrown. */
export function analyse(
  source: string,
  kind: "template" | "value" | "expression",
  options: TemplateOptions = {},
): Analysis {
  const { node, linesAbove } = located(options.place, () => parse(source, kind, options));
  const spotOf = ({ lineno, colno }: Position): Spot => {
    const place = placeAt(options.place, { lineno: lineno + linesAbove, colno });
    return { line: lineno + linesAbove + 1, column: colno + 1, ...(place !== undefined && { place }) };
  };
  const walker = new StatementWalker(options, spotOf);
  if ("children" in node && (node.typename === "Root" || node.typename === "NodeList")) walker.template(node as Body);
  else walker.expression(node as Expression);
  return walker.found;
}

function parse(
  source: string,
  kind: string,
  options: TemplateOptions,
): { readonly node: Body | Expression; readonly linesAbove: number } {
  const isBare = kind === "expression" && !/^\s*\{[{%][\s\S]*[%}]\}\s*$/.test(source);
  if (isBare) return { node: parseExpression(source, ansibleSettings), linesAbove: 0 };
  const { body, settings } = readHeader(source, settingsWith(options.settings));
  const keepsBackslashes = options.keepsBackslashes ?? kind === "value";
  return { node: parseTemplate(body, settings, keepsBackslashes), linesAbove: body === source ? 0 : 1 };
}
