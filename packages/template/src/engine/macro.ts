import { TemplateFault } from "../python/fault.ts";
import { Undefined } from "../python/marker.ts";
import type { Keywords } from "../python/object.ts";
import { Callable } from "../python/object.ts";
import { tuple } from "../python/tuple.ts";
import type { Evaluate, Execute } from "./compiled.ts";
import type { Context } from "./context.ts";
import type { Frame } from "./frame.ts";
import { Sink } from "./sink.ts";

export interface MacroSource {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly otherwise: Evaluate | undefined }[];
  readonly body: Execute;
  /** Which of `varargs`, `kwargs` and `caller` the body looks at; a macro takes no more than it uses. */
  readonly uses: ReadonlySet<string>;
}

/** A macro together with where it was defined. What it prints is what a call of it gives. */
export class Macro extends Callable {
  readonly typeName = "Macro";
  readonly #source: MacroSource;
  readonly #home: Frame;

  constructor(source: MacroSource, home: Frame) {
    super();
    this.#source = source;
    this.#home = home;
  }

  override call(_context: Context, args: readonly unknown[], keywords: Keywords): unknown {
    const frame = this.#home.inner();
    this.#bind(frame, args, new Map(keywords));
    const { render } = frame;
    const sink = new Sink(render);
    render.budget.within(() => this.#source.body(frame, sink));
    return sink.value();
  }

  override attribute(name: string): unknown {
    const { parameters, uses } = this.#source;
    if (name === "name") return this.#source.name;
    if (name === "arguments") return tuple(...parameters.map((each) => each.name));
    if (name === "catch_kwargs") return uses.has("kwargs");
    if (name === "catch_varargs") return uses.has("varargs");
    return name === "caller" ? uses.has("caller") : undefined;
  }

  override toText(): string {
    return `<Macro '${this.#source.name}'>`;
  }

  #bind(frame: Frame, args: readonly unknown[], named: Map<string, unknown>): void {
    const { name, parameters, uses } = this.#source;
    for (const [index, parameter] of parameters.entries()) {
      const given = index < args.length ? args[index] : named.get(parameter.name);
      if (index >= args.length) named.delete(parameter.name);
      const value = given === undefined ? parameter.otherwise?.(frame) : given;
      frame.names.set(
        parameter.name,
        value ??
          (value === null ? null : new Undefined(`parameter '${parameter.name}' was not provided`, parameter.name)),
      );
    }
    const isCallerParameter = parameters.some((each) => each.name === "caller");
    if (uses.has("caller") && !isCallerParameter) {
      frame.names.set("caller", named.get("caller") ?? new Undefined("No caller defined", "caller"));
      named.delete("caller");
    }
    if (uses.has("kwargs")) frame.names.set("kwargs", named);
    else
      refuseKeywords(
        name,
        named,
        parameters.map((each) => each.name),
      );
    if (uses.has("varargs")) frame.names.set("varargs", tuple(...args.slice(parameters.length)));
    else if (args.length > parameters.length) {
      throw new TemplateFault(
        "arguments",
        `macro ${name} takes ${parameters.length} arguments, and was given ${args.length}`,
      );
    }
  }
}

function refuseKeywords(name: string, named: Keywords, known: readonly string[]): void {
  const [unknown] = named.keys();
  if (unknown === undefined) return;
  throw new TemplateFault("arguments", `macro ${name} has no argument ${unknown}`, {
    hint: `it knows ${known.join(", ")}`,
  });
}
