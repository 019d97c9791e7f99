import { actKind } from "./act-kind.ts";

/** What a task waits for before the next one begins: `127.0.0.1:80 to be open`. */
export const wait = actKind("wait");
