import type { Change, Observed } from "@evenkeel/core";
import { defineModule, InputError, isUnsettled, StepError } from "@evenkeel/core";
import type { ReloadWish, UnitState } from "@evenkeel/kinds";
import { reloadChange, unit, unitOf } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import type { Measured } from "./measured-executor.ts";

const services = ["nginx", "gunicorn", "bind", "php-fpm", "haproxy", "unit"] as const;

const params = Type.Object(
  {
    service: Type.Enum([...services], {
      type: "string",
      description: "what is to be reloaded: how it is checked and what proves its new generation; `unit`: any other",
    }),
    unit: Type.Optional(Type.String({ description: "its unit, where that has another name: `php8.4-fpm`, `shop`" })),
    seconds: Type.Integer({ minimum: 1, maximum: 600, default: 10, description: "within which it must be proven" }),
    files: Type.Array(Type.String({ pattern: "^/" }), {
      default: [],
      description: "its configuration: files and folders that are put back as they were last proven, when this is not",
    }),
    measure: Type.Optional(
      Type.Object(
        {
          url: Type.String({
            pattern: "^https?://",
            description: "what to ask, from here, over a new connection each time",
          }),
          server_name: Type.Optional(
            Type.String({
              pattern: "^[A-Za-z0-9.-]+$",
              description: "the name to ask for there, where `url` is an address: so that it is this host that answers",
            }),
          ),
          rate: Type.Number({
            exclusiveMinimum: 0,
            maximum: 1000,
            default: 20,
            description: "how many times a second",
          }),
          seconds: Type.Number({ minimum: 0, maximum: 600, default: 3, description: "for how long after the reload" }),
          failures: Type.Integer({
            minimum: 0,
            default: 0,
            description: "how many may go wrong; when it is one more, what was reloaded is taken back",
          }),
          status: Type.Optional(Type.Integer({ description: "the right answer; any below 500 when not given" })),
          insecure: Type.Boolean({ default: false, description: "take any certificate" }),
        },
        { additionalProperties: false, description: "real requests, before, during and after it" },
      ),
    ),
  },
  { additionalProperties: false },
);

export type ReloadParams = Static<typeof params>;

/** A reload that is proven, and measured if asked to. */
export const reload = defineModule({
  name: "zero_downtime.reload",
  summary: "Reloads a service, and stays until its new generation is seen to serve; else puts things back, and fails.",
  params,
  observe: (given) => ({ current: unit(unitName(given)) }),
  plan({ current }, given) {
    demandRunning(current);
    const wish: ReloadWish = {
      service: given.service,
      unit: unitName(given),
      limitSeconds: given.seconds,
      how: "anyway",
      ...(given.files.length > 0 && { files: given.files }),
    };
    const change = reloadChange(wish);
    const { measure } = given;
    if (measure === undefined) return [change];
    const data: Measured = { wish, measure };
    return [{ ...change, steps: [{ do: "zero_downtime.measured", data }] } satisfies Change];
  },
  result({ outputs: [output] }) {
    return { ...(output?.data ?? {}) };
  },
  returns: Type.Object({
    is: Type.Optional(Type.String({ description: "reloaded, or stopped when there was nothing to reload" })),
    milliseconds: Type.Optional(Type.Integer({ description: "until the new generation was seen to serve" })),
    requests: Type.Optional(Type.Integer({ description: "how many were sent while it was measured" })),
    failures: Type.Optional(Type.Integer({ description: "how many of them went wrong" })),
    slowest: Type.Optional(
      Type.Integer({ description: "how many milliseconds the slowest took, from when it was due" }),
    ),
  }),
});

function unitName({ service, unit: named }: ReloadParams): string {
  if (named !== undefined) return /\.[a-z]+$/.test(named) ? named : `${named}.service`;
  if (service === "unit" || service === "php-fpm" || service === "gunicorn")
    throw new InputError({
      code: "zero_downtime/unit",
      message: `zero_downtime.reload: which unit is ${service === "unit" ? "it" : `that of ${service}`}?`,
      hint: service === "php-fpm" ? "unit: php8.4-fpm" : "unit: NAME",
    });
  return unitOf({ service });
}

/** What an earlier task brings may be anything; what does not run cannot be reloaded. */
function demandRunning({ key, state }: Observed<UnitState>): void {
  if (isUnsettled(state) || state.state === "present") return;
  throw new StepError({
    code: "zero_downtime/absent",
    message: `there is no ${key} to reload`,
    hint: "unit: NAME says which one",
  });
}
