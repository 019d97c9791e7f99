import { nativeIn } from "../python/native.ts";
import { toText } from "../python/repr.ts";

/** `'upper' is filter` */
export const findFilterName = nativeIn("value", (context, name) => context.has("filter", toText(name)));

/** `'odd' is test` */
export const findTestName = nativeIn("value", (context, name) => context.has("test", toText(name)));
