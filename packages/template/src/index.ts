export { compileExpression, type Expression } from "./compile-expression.ts";
export { compileTemplate, type Template } from "./compile-template.ts";
export { compileValue, type Value } from "./compile-value.ts";
