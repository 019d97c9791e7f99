/// <reference path="./nunjucks.d.ts" />
import nunjucks from "nunjucks/src/nodes.js";
import type {
  ArgumentList,
  Assign,
  Attribute,
  Binary,
  BinaryName,
  Block,
  Call,
  Capture,
  Comparison,
  Conditional,
  DictDisplay,
  Do,
  FilterNode,
  For,
  Group,
  Include,
  Jump,
  KeywordArgs,
  List,
  Literal,
  MacroNode,
  Name,
  NamespaceTarget,
  Output,
  Pair,
  SliceNode,
  Spread,
  SpreadKeywords,
  Subscript,
  TestNode,
  Text,
  Unary,
  With,
} from "./nodes.ts";

interface NodeClass<Node> {
  new (lineno: number, colno: number, ...fields: readonly unknown[]): Node;
}

type Class<Of extends { readonly typename: string }> = NodeClass<Of>;

const extended = (base: string, name: string, fields: readonly string[]) => nunjucks[base]?.extend(name, { fields });

/** nunjucks' node classes, and ours beside them. Only here is it said what types they are. */
export const nodes = {
  ...nunjucks,
  Attribute: extended("Node", "Attribute", ["target", "name"]),
  Slice: extended("Node", "Slice", ["start", "stop", "step"]),
  Spread: extended("Node", "Spread", ["target"]),
  SpreadKeywords: extended("Node", "SpreadKeywords", ["target"]),
  NamespaceTarget: extended("Node", "NamespaceTarget", ["namespace", "name"]),
  ForLoop: extended("For", "ForLoop", ["arr", "name", "body", "else_", "test", "isRecursive"]),
  NamedBlock: extended("Block", "NamedBlock", ["name", "body", "isScoped", "isRequired"]),
  TemplateInclude: extended("Include", "TemplateInclude", ["template", "ignoresMissing", "withContext"]),
  Assign: extended("Node", "Assign", ["target", "value"]),
  With: extended("Node", "With", ["targets", "values", "body"]),
  Do: extended("Node", "Do", ["value"]),
  Break: extended("Node", "Break", []),
  Continue: extended("Node", "Continue", []),
} as unknown as {
  readonly Literal: Class<Literal>;
  readonly Symbol: Class<Name>;
  readonly Group: Class<Group>;
  readonly Array: Class<List>;
  readonly Dict: Class<DictDisplay>;
  readonly Pair: Class<Pair>;
  readonly LookupVal: Class<Subscript>;
  readonly Attribute: Class<Attribute>;
  readonly Slice: Class<SliceNode>;
  readonly NodeList: Class<ArgumentList>;
  readonly KeywordArgs: Class<KeywordArgs>;
  readonly Spread: Class<Spread>;
  readonly SpreadKeywords: Class<SpreadKeywords>;
  readonly FunCall: Class<Call>;
  readonly Filter: Class<FilterNode>;
  readonly Is: Class<TestNode>;
  readonly InlineIf: Class<Conditional>;
  readonly Compare: Class<Comparison>;
  readonly CompareOperand: NodeClass<Comparison["ops"][number]>;
  readonly Capture: Class<Capture>;
  readonly Output: Class<Output>;
  readonly TemplateData: Class<Text>;
  readonly Caller: Class<MacroNode>;
  readonly NamespaceTarget: Class<NamespaceTarget>;
  readonly ForLoop: Class<For>;
  readonly NamedBlock: Class<Block>;
  readonly TemplateInclude: Class<Include>;
  readonly Assign: Class<Assign>;
  readonly With: Class<With>;
  readonly Do: Class<Do>;
  readonly Break: Class<Jump>;
  readonly Continue: Class<Jump>;
} & { readonly [Of in BinaryName]: Class<Binary> } & { readonly [Of in Unary["typename"]]: Class<Unary> };
