// TEMPORARY: until @evenkeel/template exports these.
export { LazyDict } from "../../template/src/python/dict.ts";
export { Float } from "../../template/src/python/float.ts";
export { OMIT } from "../../template/src/omit.ts";
export { UndefinedVariable } from "../../template/src/undefined-variable.ts";
export type { Environment } from "../../template/src/engine/environment.ts";
export { compileExpression, type Expression } from "../../template/src/compile-expression.ts";
export { compileTemplate, type Template } from "../../template/src/compile-template.ts";
export { compileValue, type Value } from "../../template/src/compile-value.ts";
