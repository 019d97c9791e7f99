import type { Secret } from "@evenkeel/core";

/** Asks whoever sits at the terminal, without showing what is typed. */
export type AskSecret = (question: string) => Promise<Secret>;
