/** All of the template engine: what `loadTemplates()` loads. */
export { analyse } from "./analyse/analyse.ts";
export { compileExpression } from "./compile-expression.ts";
export { compileTemplate } from "./compile-template.ts";
export { compileValue } from "./compile-value.ts";
export { dateTime } from "./dates/date-time.ts";
export { BUILTIN_NAMES } from "./engine/find-plugin.ts";
export { native, nativeIn } from "./python/native.ts";
export { repr, toText } from "./python/repr.ts";
export { isTrue } from "./python/truth.ts";
