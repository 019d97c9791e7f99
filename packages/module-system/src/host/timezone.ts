import { defineModule, Refused } from "@evenkeel/core";
import { timezone as timezoneKind } from "@evenkeel/kinds";
import { Type } from "typebox";

export const timezone = defineModule({
  name: "timezone",
  summary: "A host's time zone.",
  params: Type.Object(
    {
      name: Type.String({ description: "the zone, such as Europe/Berlin" }),
      hwclock: Refused("servers' clocks keep UTC; for another, use command: timedatectl set-local-rtc"),
      rtc: Refused("servers' clocks keep UTC; for another, use command: timedatectl set-local-rtc"),
    },
    { additionalProperties: false },
  ),
  observe: () => ({ current: timezoneKind("host") }),
  plan: ({ current }, { name }) => timezoneKind.ensure(current, { zone: name }),
});
