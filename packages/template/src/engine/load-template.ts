import type { CompiledTemplate } from "./compiled.ts";

/** A template that another names, compiled. undefined when there is none. */
export type LoadTemplate = (name: string, from: string | undefined) => CompiledTemplate | undefined;
