import { actKind } from "./act-kind.ts";

/** One HTTP request, as people read it: `GET http://127.0.0.1/health`. */
export const http = actKind("http");
