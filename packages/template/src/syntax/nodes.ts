import type { Position } from "../python/fault.ts";

/** A node of nunjucks' tree as we use it, told apart by its `typename`. */
interface Typed<Name extends string> extends Position {
  readonly typename: Name;
}

export interface Literal extends Typed<"Literal"> {
  readonly value: unknown;
}
export interface Name extends Typed<"Symbol"> {
  readonly value: string;
}
/** A tuple, with or without parentheses. */
export interface Group extends Typed<"Group"> {
  readonly children: readonly Expression[];
}
export interface List extends Typed<"Array"> {
  readonly children: readonly Expression[];
}
export interface Pair extends Typed<"Pair"> {
  readonly key: Expression;
  readonly value: Expression;
}
export interface DictDisplay extends Typed<"Dict"> {
  readonly children: readonly Pair[];
}
/** `target[val]` */
export interface Subscript extends Typed<"LookupVal"> {
  readonly target: Expression;
  readonly val: Expression;
}
/** `target.name` */
export interface Attribute extends Typed<"Attribute"> {
  readonly target: Expression;
  readonly name: string;
}
export interface SliceNode extends Typed<"Slice"> {
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}
/** Arguments: nodes by place, then `KeywordArgs`, `Spread` and `SpreadKeywords` if there are any. */
export interface ArgumentList extends Typed<"NodeList"> {
  readonly children: readonly Argument[];
}
export interface KeywordArgs extends Typed<"KeywordArgs"> {
  readonly children: readonly { readonly key: Name; readonly value: Expression | MacroNode }[];
}
export interface Spread extends Typed<"Spread"> {
  readonly target: Expression;
}
export interface SpreadKeywords extends Typed<"SpreadKeywords"> {
  readonly target: Expression;
}
export type Argument = Expression | KeywordArgs | Spread | SpreadKeywords;

export interface Call extends Typed<"FunCall"> {
  readonly name: Expression;
  readonly args: ArgumentList;
}
/** The first argument is what the filter is applied to. */
export interface FilterNode extends Typed<"Filter"> {
  readonly name: Name;
  readonly args: ArgumentList;
}
export interface TestNode extends Typed<"Is"> {
  readonly left: Expression;
  readonly right: Call & { readonly name: Name };
}
export interface Conditional extends Typed<"InlineIf"> {
  readonly cond: Expression;
  readonly body: Expression;
  readonly else_: Expression | null;
}
export type BinaryName = "Add" | "Sub" | "Mul" | "Div" | "FloorDiv" | "Mod" | "Pow" | "Concat" | "And" | "Or";
export interface Binary extends Typed<BinaryName> {
  readonly left: Expression;
  readonly right: Expression;
}
export interface Unary extends Typed<"Not" | "Neg" | "Pos"> {
  readonly target: Expression;
}
export interface Comparison extends Typed<"Compare"> {
  readonly expr: Expression;
  readonly ops: readonly { readonly expr: Expression; readonly type: string }[];
}
/** What statements would print, as a value. */
export interface Capture extends Typed<"Capture"> {
  readonly body: Body;
}

export type Expression =
  | Literal
  | Name
  | Group
  | List
  | DictDisplay
  | Subscript
  | Attribute
  | SliceNode
  | Call
  | FilterNode
  | TestNode
  | Conditional
  | Binary
  | Unary
  | Comparison
  | Capture;

/** What can be assigned to. */
export type Target = Name | Group | NamespaceTarget;
export interface NamespaceTarget extends Typed<"NamespaceTarget"> {
  readonly namespace: string;
  readonly name: string;
}

export interface Body extends Typed<"NodeList" | "Root"> {
  readonly children: readonly Statement[];
}
export interface Text extends Typed<"TemplateData"> {
  readonly value: string;
}
export interface Output extends Typed<"Output"> {
  readonly children: readonly (Text | Expression)[];
}
export interface If extends Typed<"If"> {
  readonly cond: Expression;
  readonly body: Body;
  readonly else_: If | Body | null;
}
export interface For extends Typed<"ForLoop"> {
  readonly arr: Expression;
  readonly name: Target;
  readonly body: Body;
  readonly else_: Body | null;
  readonly test: Expression | null;
  readonly isRecursive: boolean;
}
export interface MacroNode extends Typed<"Macro" | "Caller"> {
  readonly name: Name;
  readonly args: { readonly children: readonly (Name | KeywordArgs)[] };
  readonly body: Body;
}
export interface Import extends Typed<"Import"> {
  readonly template: Expression;
  readonly target: Name;
  readonly withContext: boolean | null;
}
export interface FromImport extends Typed<"FromImport"> {
  readonly template: Expression;
  readonly names: { readonly children: readonly (Name | { readonly key: Name; readonly value: Name })[] };
  readonly withContext: boolean | null;
}
export interface Block extends Typed<"NamedBlock"> {
  readonly name: string;
  readonly body: Body;
  readonly isScoped: boolean;
  readonly isRequired: boolean;
}
export interface Extends extends Typed<"Extends"> {
  readonly template: Expression;
}
export interface Include extends Typed<"TemplateInclude"> {
  readonly template: Expression;
  readonly ignoresMissing: boolean;
  readonly withContext: boolean;
}
export interface Assign extends Typed<"Assign"> {
  readonly target: Target;
  readonly value: Expression;
}
export interface With extends Typed<"With"> {
  readonly targets: readonly Target[];
  readonly values: readonly Expression[];
  readonly body: Body;
}
export interface Do extends Typed<"Do"> {
  readonly value: Expression;
}
export interface Jump extends Typed<"Break" | "Continue"> {}

export type Statement =
  | Output
  | If
  | For
  | MacroNode
  | Import
  | FromImport
  | Block
  | Extends
  | Include
  | Assign
  | With
  | Do
  | Jump;

export function isMacro(node: Expression | MacroNode): node is MacroNode {
  return node.typename === "Caller" || node.typename === "Macro";
}
