import { Undefined } from "../python/marker.ts";
import type { FromImport, Import, Include } from "../syntax/nodes.ts";
import type { Execute } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";
import type { Frame } from "./frame.ts";
import { Sink } from "./sink.ts";
import { TemplateModule } from "./template-module.ts";
import { TemplateRun } from "./template-run.ts";

export function compileInclude(node: Include, compiler: Compiler): Execute {
  const template = compiler.expression(node.template);
  const at = compiler.at(node);
  return (frame, sink) => {
    const named = frame.render.reveal(template(frame));
    frame.render.at = at;
    const names = Array.isArray(named) ? named : [named];
    const found = node.ignoresMissing ? frame.run.findAny(names, compiler.file) : frame.run.find(names, compiler.file);
    if (found === undefined) return undefined;
    const run = new TemplateRun({ ...around(frame, node.withContext), template: found });
    frame.render.budget.within(() => run.run(sink));
    return undefined;
  };
}

export function compileImport(node: Import, compiler: Compiler): Execute {
  const load = compileModule(node, compiler);
  const name = node.target.value;
  return (frame) => {
    const { run, printed } = load(frame);
    frame.names.set(name, new TemplateModule(run, printed));
    return undefined;
  };
}

export function compileFromImport(node: FromImport, compiler: Compiler): Execute {
  const load = compileModule(node, compiler);
  const names = node.names.children.map((each) =>
    "key" in each ? [each.key.value, each.value.value] : [each.value, each.value],
  ) as readonly (readonly [string, string])[];
  return (frame) => {
    const { run } = load(frame);
    for (const [name, alias] of names) {
      const value = run.exports.get(name);
      frame.names.set(alias, value === undefined ? notExported(name) : value);
    }
    return undefined;
  };
}

function compileModule(node: Import | FromImport, compiler: Compiler) {
  const template = compiler.expression(node.template);
  const at = compiler.at(node);
  return (frame: Frame) => {
    const name = frame.render.reveal(template(frame));
    frame.render.at = at;
    const found = frame.run.find([name], compiler.file);
    const run = new TemplateRun({ ...around(frame, node.withContext ?? false), template: found });
    const printed = new Sink(frame.render);
    frame.render.budget.within(() => run.run(printed));
    return { run, printed };
  };
}

function around(frame: Frame, withContext: boolean) {
  return { render: frame.render, load: frame.run.load, surroundings: withContext ? frame : ("nothing" as const) };
}

function notExported(name: string): Undefined {
  return new Undefined(`the imported template has no '${name}'`, name);
}
