import type { Body, Expression, For, If, MacroNode, Statement, Target } from "../syntax/nodes.ts";
import { everyNode } from "../syntax/walk.ts";
import { checkedPaths } from "./checked-paths.ts";
import { ExpressionWalker } from "./expression-walker.ts";
import type { KnownNames } from "./known-names.ts";

/** Goes through statements and notes what they use, and which names they give a value to. */
export class StatementWalker extends ExpressionWalker {
  body({ children }: Body): void {
    for (const child of children) this.#statement(child);
  }

  override macro({ name, args, body }: MacroNode): void {
    const parameters = args.children.flatMap((each) =>
      each.typename === "Symbol" ? [each.value] : each.children.map(({ key }) => key.value),
    );
    for (const each of args.children) {
      if (each.typename === "KeywordArgs") for (const { value } of each.children) this.expression(value as Expression);
    }
    // A macro may use what is assigned after it: it runs when it is called.
    this.#inside([...parameters, name.value, "varargs", "kwargs", "caller", ...this.#assignedAtTop], () =>
      this.body(body),
    );
  }

  override capture({ body }: Extract<Expression, { readonly typename: "Capture" }>): void {
    this.#inside([], () => this.body(body));
  }

  #assignedAtTop: readonly string[] = [];

  #statement(node: Statement): void {
    switch (node.typename) {
      case "Output":
        for (const each of node.children) if (each.typename !== "TemplateData") this.expression(each);
        return;
      case "If":
        this.#if(node);
        return;
      case "ForLoop":
        this.#for(node);
        return;
      case "Macro":
      case "Caller":
        this.#learn([node.name.value]);
        this.macro(node);
        return;
      case "Assign":
        this.expression(node.value, true);
        this.#learn(namesIn(node.target));
        return;
      case "With":
        for (const value of node.values) this.expression(value);
        this.#inside(node.targets.flatMap(namesIn), () => this.body(node.body));
        return;
      case "Do":
        this.expression(node.value);
        return;
      case "NamedBlock":
        this.#inside(["super", ...this.#assignedAtTop], () => this.body(node.body));
        return;
      case "Extends":
      case "TemplateInclude":
        this.#template(
          node.typename === "Extends" ? "extends" : "include",
          node.template,
          node.typename !== "Extends" && node.ignoresMissing,
        );
        return;
      case "Import":
        this.#template("import", node.template, false);
        this.#learn([node.target.value]);
        return;
      case "FromImport":
        this.#template("import", node.template, false);
        this.#learn(node.names.children.map((each) => ("key" in each ? each.value.value : each.value)));
        return;
      default:
        return;
    }
  }

  #if({ cond, body, else_ }: If): void {
    this.expression(cond);
    this.within(checkedPaths(cond), () => this.body(body));
    if (else_ !== null)
      this.within(checkedPaths(cond), () => (else_.typename === "If" ? this.#if(else_) : this.body(else_)));
    this.#learn([...assignedIn(body), ...(else_ === null ? [] : assignedIn(else_))]);
  }

  #for({ arr, name, body, else_, test }: For): void {
    this.expression(arr);
    const checked = test === null ? [] : checkedPaths(test);
    this.#inside([...namesIn(name), "loop"], () => {
      if (test !== null) this.expression(test);
      this.within(checked, () => this.body(body));
    });
    if (else_ !== null) this.#inside([], () => this.body(else_));
  }

  #template(how: "include" | "import" | "extends", node: Expression, isOptional: boolean): void {
    this.expression(node);
    const names = node.typename === "Array" || node.typename === "Group" ? node.children : [node];
    for (const each of names) {
      if (each.typename !== "Literal" || typeof each.value !== "string") continue;
      this.found.templates.push({
        name: each.value,
        how,
        isOptional: isOptional || names.length > 1,
        ...this.note(each),
      });
    }
  }

  #learn(names: readonly string[]): void {
    this.known = this.known.withLocals(names);
  }

  /** Names that are assigned inside are not known outside. */
  #inside(names: readonly string[], work: () => void): void {
    const before: KnownNames = this.known;
    this.known = before.withLocals(names);
    work();
    this.known = before;
  }

  /** Notes first what the top of a template assigns, since blocks and macros see it wherever it stands. */
  template(body: Body): void {
    this.#assignedAtTop = assignedIn(body);
    this.body(body);
  }
}

function namesIn(target: Target): readonly string[] {
  if (target.typename === "Symbol") return [target.value];
  return target.typename === "Group" ? target.children.flatMap((each) => namesIn(each as Target)) : [];
}

/** What statements give a value to, loops and macros aside: those keep it to themselves. */
function assignedIn(node: Body | If): readonly string[] {
  const names: string[] = [];
  for (const each of everyNode(node)) {
    const statement = each as unknown as Statement;
    if (statement.typename === "Assign") names.push(...namesIn(statement.target));
    if (statement.typename === "Macro") names.push(statement.name.value);
    if (statement.typename === "Import") names.push(statement.target.value);
    if (statement.typename === "FromImport")
      names.push(...statement.names.children.map((name) => ("key" in name ? name.value.value : name.value)));
  }
  return names;
}
