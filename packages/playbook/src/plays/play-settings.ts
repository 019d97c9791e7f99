import type { Play } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Keywords } from "../keywords/heritage.ts";
import type { Reading } from "../reading.ts";
import { readAs } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import type { ValueType } from "../values/value-type.ts";
import { describe, flag, number, text } from "../values/value-type.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";

type Settings = Pick<Play, "serial" | "maxFailPercentage" | "anyErrorsFatal" | "strategy" | "runsHandlersOnFailure">;

/** How a play goes about its hosts. Templates in it are worked out when they are asked for. */
export function openSettings(keywords: Keywords, { mistakes }: Reading, scope: () => TaskScope): Settings {
  const value = <T>(name: string, type: ValueType<T>, otherwise: T): T => {
    const written = keywords.get(name);
    return written ? readAs(prepare(written).resolve(scope()), { name, written }, type) : otherwise;
  };
  const serial = keywords.get("serial");
  checkStrategy(keywords.get("strategy"), mistakes);
  if (serial && prepare(serial).isStatic) mistakesOf(() => sizesIn(serial, scope()), mistakes);
  const share: ValueType<number> = {
    ...number,
    read: (each) => number.read(typeof each === "string" ? each.replace("%", "") : each),
  };
  const most = keywords.get("max_fail_percentage");
  return {
    get serial() {
      return serial ? sizesIn(serial, scope()) : [];
    },
    ...(most && {
      get maxFailPercentage() {
        return value("max_fail_percentage", share, 0);
      },
    }),
    get anyErrorsFatal() {
      return value("any_errors_fatal", flag, false);
    },
    get strategy() {
      return strategies[value("strategy", text, "linear")] ?? "linear";
    },
    get runsHandlersOnFailure() {
      return value("force_handlers", flag, false);
    },
  };
}

const strategies: Readonly<Record<string, Play["strategy"]>> = {
  linear: "linear",
  "ansible.builtin.linear": "linear",
  free: "free",
  "ansible.builtin.free": "free",
  // It keeps hosts from waiting for one another, too.
  host_pinned: "free",
  "ansible.builtin.host_pinned": "free",
  // Nothing is asked between tasks.
  debug: "linear",
};

function checkStrategy(written: Written | undefined, mistakes: Reading["mistakes"]): void {
  if (written === undefined || !prepare(written).isStatic || String(written.value) in strategies) return;
  const message = `strategy: expected linear or free, found ${describe(written.value)}`;
  mistakes.add({ code: "value", message, place: written.place });
}

function sizesIn(written: Written, scope: TaskScope): Play["serial"] {
  const value = prepare(written).resolve(scope);
  return (Array.isArray(value) ? value : [value]).map((each: unknown) => {
    if (typeof each === "string" && /^\s*\d+(\.\d+)?%\s*$/.test(each)) return each.trim() as `${number}%`;
    const count = number.read(each);
    if (count !== undefined && Number.isInteger(count)) return count;
    throw new InputError({
      code: "playbook/value",
      message: `serial: expected a number of hosts, or a share such as 30%, found ${describe(each)}`,
      place: written.place,
    });
  });
}

function mistakesOf(read: () => unknown, mistakes: Reading["mistakes"]): void {
  try {
    read();
  } catch (error) {
    mistakes.catch(error);
  }
}
