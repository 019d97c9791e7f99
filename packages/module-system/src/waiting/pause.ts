import { defineModule, InputError } from "@evenkeel/core";
import { undone, wait } from "@evenkeel/kinds";
import { Type } from "typebox";
import type { PauseData, PauseOutcome } from "./pause-executor.ts";

export const pause = defineModule({
  name: "pause",
  summary: "Waits for a time, or for somebody at the terminal.",
  runsOnce: true,
  params: Type.Object(
    {
      seconds: Type.Optional(Type.Integer({ description: "for how many seconds" })),
      minutes: Type.Optional(Type.Integer({ description: "for how many minutes" })),
      prompt: Type.Optional(Type.String({ description: "what to ask" })),
      echo: Type.Boolean({ default: true, description: "what is typed can be seen" }),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan(_answers, params) {
    if (params.seconds !== undefined && params.minutes !== undefined) {
      throw new InputError({ code: "pause/both", message: "pause takes either `seconds` or `minutes`, not both" });
    }
    const seconds = secondsOf(params);
    const data: PauseData = {
      ...(params.prompt !== undefined && { prompt: params.prompt }),
      ...(seconds !== undefined && { seconds }),
      echo: params.echo,
    };
    return wait.ensure(undone("wait", seconds === undefined ? "somebody to go on" : `${seconds} s`), {
      action: "check",
      steps: [{ do: "system.pause", data }],
      shows: params.prompt === undefined ? {} : { prompt: params.prompt },
    });
  },
  result({ outputs: [output] }, params) {
    if (output === undefined) return {};
    const { seconds: paused, userInput } = output.data as PauseOutcome;
    const isMinutes = params.minutes !== undefined || params.seconds === undefined;
    const length = Math.round((isMinutes ? paused / 60 : paused) * 100) / 100;
    const stamp = (time: string) => time.replace("T", " ").replace("Z", "000");
    return {
      ...{ changed: false, rc: 0, stderr: "", echo: params.echo, user_input: userInput, delta: Math.floor(paused) },
      ...{ start: stamp(output.startedAt), stop: stamp(output.endedAt) },
      stdout: `Paused for ${Number.isInteger(length) ? `${length}.0` : length} ${isMinutes ? "minutes" : "seconds"}`,
    };
  },
  returns: Type.Object({
    user_input: Type.String({ description: "what was typed" }),
    delta: Type.Integer({ description: "how many seconds it took" }),
    start: Type.String({ description: "when it began" }),
    stop: Type.String({ description: "when it ended" }),
    stdout: Type.String({ description: "how long it was" }),
    echo: Type.Boolean({ description: "whether what was typed could be seen" }),
  }),
});

/** Less than a second is one, as in Ansible. */
function secondsOf({ seconds, minutes }: { readonly seconds?: number; readonly minutes?: number }): number | undefined {
  const wanted = seconds ?? (minutes === undefined ? undefined : minutes * 60);
  return wanted === undefined ? undefined : Math.max(1, wanted);
}
