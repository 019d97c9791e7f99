import type { Environment } from "../engine/environment.ts";
import { findGlobal } from "../engine/find-plugin.ts";
import type { Position } from "../python/fault.ts";
import type { Argument, Call, Conditional, Expression, FilterNode, MacroNode, TestNode } from "../syntax/nodes.ts";
import { isMacro } from "../syntax/nodes.ts";
import type { Analysis, NameUse, Spot, TemplateUse, VariableUse } from "./analysis.ts";
import { chainOf, checkedPaths, isAboutBeing, isDefault, pathText } from "./checked-paths.ts";
import { KnownNames } from "./known-names.ts";

const applying = new Set(["map", "select", "reject", "selectattr", "rejectattr"]);
const lookups = new Set(["lookup", "query", "q"]);
const special = new Set(["self", "super"]);

/** Goes through expressions and notes what they use. */
export abstract class ExpressionWalker {
  readonly found = {
    variables: [] as VariableUse[],
    filters: [] as NameUse[],
    tests: [] as NameUse[],
    lookups: [] as NameUse[],
    globals: [] as NameUse[],
    templates: [] as TemplateUse[],
  } satisfies Analysis;
  protected known = new KnownNames();
  readonly #spotOf: (at: Position) => Spot;
  readonly #environment: Environment;

  constructor(environment: Environment, spotOf: (at: Position) => Spot) {
    this.#environment = environment;
    this.#spotOf = spotOf;
  }

  abstract macro(node: MacroNode): void;
  abstract capture(node: Extract<Expression, { readonly typename: "Capture" }>): void;

  /** `isTolerant` says that no harm is done when what the expression is about is not there. */
  expression(node: Expression, isTolerant = false): void {
    const chain = chainOf(node);
    if (chain !== undefined) {
      this.#variable(chain.name, chain.path, chain.at, isTolerant);
      return;
    }
    switch (node.typename) {
      case "Attribute":
      case "LookupVal":
        this.expression(node.target, isTolerant);
        if (node.typename === "LookupVal") this.expression(node.val);
        return;
      case "And":
      case "Or":
        this.expression(node.left);
        this.within(checkedPaths(node.left), () => this.expression(node.right, isTolerant));
        return;
      case "InlineIf":
        this.#conditional(node, isTolerant);
        return;
      case "Filter":
        this.#filter(node, isTolerant);
        return;
      case "Is":
        this.#test(node);
        return;
      case "FunCall":
        this.#call(node, isTolerant);
        return;
      case "Capture":
        this.capture(node);
        return;
      default:
        for (const part of partsOf(node)) this.expression(part);
    }
  }

  /** Does something where more is known. */
  protected within(paths: readonly string[], work: () => void): void {
    const before = this.known;
    this.known = before.withChecked(paths);
    work();
    this.known = before;
  }

  protected note(at: Position): Spot {
    return this.#spotOf(at);
  }

  #variable(name: string, path: readonly (string | number)[], at: Position, isTolerant: boolean): void {
    if (this.known.isLocal(name) || special.has(name)) return;
    if (findGlobal(name, this.#environment) !== undefined) {
      this.found.globals.push({ name, ...this.#spotOf(at) });
      return;
    }
    const isGuarded = isTolerant || this.known.isChecked(name);
    const isPathGuarded = isTolerant || this.known.isChecked(pathText({ name, path }));
    this.found.variables.push({ name, path, isGuarded, isPathGuarded, ...this.#spotOf(at) });
  }

  #conditional({ cond, body, else_ }: Conditional, isTolerant: boolean): void {
    this.expression(cond);
    this.within(checkedPaths(cond), () => {
      this.expression(body, isTolerant);
      if (else_ !== null) this.expression(else_, isTolerant);
    });
  }

  #filter({ name, args }: FilterNode, isTolerant: boolean): void {
    this.found.filters.push({ name: name.value, ...this.#spotOf(name) });
    const [target, ...rest] = args.children;
    const first = rest[0] as Expression | undefined;
    const applied = applying.has(name.value) ? appliedName(name.value, rest) : undefined;
    const isForgiving =
      isDefault(name.value) || (applied !== undefined && (isAboutBeing(applied.name) || isDefault(applied.name)));
    if (target !== undefined) this.expression(target as Expression, isTolerant || isForgiving);
    if (applied !== undefined) {
      const list = name.value === "map" ? this.found.filters : this.found.tests;
      list.push({ name: applied.name, ...this.#spotOf(applied.at) });
    }
    const isChoice = name.value === "ternary" || (isTolerant && first !== undefined && isDefault(name.value));
    this.#arguments(rest, isChoice);
  }

  #test({ left, right }: TestNode): void {
    this.found.tests.push({ name: right.name.value, ...this.#spotOf(right.name) });
    this.expression(left, isAboutBeing(right.name.value));
    this.#arguments(right.args.children, false);
  }

  #call({ name, args }: Call, isTolerant: boolean): void {
    this.expression(name, isTolerant);
    const [first] = args.children;
    if (name.typename === "Symbol" && lookups.has(name.value) && first?.typename === "Literal") {
      this.found.lookups.push({ name: String(first.value), ...this.#spotOf(first) });
    }
    this.#arguments(args.children, false);
  }

  #arguments(args: readonly Argument[], isTolerant: boolean): void {
    for (const argument of args) {
      if (argument.typename === "Spread" || argument.typename === "SpreadKeywords") this.expression(argument.target);
      else if (argument.typename !== "KeywordArgs") this.expression(argument, isTolerant);
      else
        for (const { value } of argument.children)
          isMacro(value) ? this.macro(value) : this.expression(value, isTolerant);
    }
  }
}

/** The filter that `map('upper')` applies, the test of `selectattr('x', 'odd')`. */
function appliedName(
  filter: string,
  args: readonly Argument[],
): { readonly name: string; readonly at: Position } | undefined {
  const named = args[filter.endsWith("attr") ? 1 : 0];
  return named?.typename === "Literal" && typeof named.value === "string"
    ? { name: named.value, at: named }
    : undefined;
}

function partsOf(node: Expression): readonly Expression[] {
  switch (node.typename) {
    case "Group":
    case "Array":
      return node.children;
    case "Dict":
      return node.children.flatMap(({ key, value }) => [key, value]);
    case "Compare":
      return [node.expr, ...node.ops.map((each) => each.expr)];
    case "Slice":
      return [node.start, node.stop, node.step].filter((each) => each !== null);
    case "Not":
    case "Neg":
    case "Pos":
      return [node.target];
    default:
      return "left" in node && "right" in node ? [node.left, node.right as Expression] : [];
  }
}
