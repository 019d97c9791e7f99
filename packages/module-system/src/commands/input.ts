import { Secret } from "@evenkeel/core";

interface InputParams {
  readonly stdin?: string | Secret;
  readonly stdin_add_newline: boolean;
}

/** What a command reads. */
export function inputOf({ stdin, stdin_add_newline: endsLine }: InputParams) {
  if (stdin === undefined || !endsLine) return { ...(stdin !== undefined && { stdin }) };
  return { stdin: stdin instanceof Secret ? new Secret(`${stdin.reveal()}\n`) : `${stdin}\n` };
}
