import type { Loop, Scope, Task } from "@evenkeel/core";
import { UnsettledValue } from "@evenkeel/core";

/** One turn of a loop. */
export interface Item {
  readonly value: unknown;
  readonly index: number;
  readonly label: string;
  readonly isLast: boolean;
  readonly scope: Scope;
}

/** A loop's items, each with its variables. None at all, when the task is skipped and the list need not even exist. */
export function itemsOf(task: Pick<Task, "when">, loop: Loop, scope: Scope): readonly Item[] | undefined {
  const values = listOf(task, loop, scope);
  return values?.map((value, index) => {
    const own = scope.with({
      [loop.variable]: value,
      ansible_loop_var: loop.variable,
      ...(loop.indexVariable && { [loop.indexVariable]: index, ansible_index_var: loop.indexVariable }),
      ...(loop.isExtended && { ansible_loop: extended(values, index) }),
    });
    return {
      value,
      index,
      // Made out when it is the item's turn: the items before it may set what it is made of.
      get label() {
        return labelOf(loop, own, value);
      },
      isLast: index === values.length - 1,
      scope: own,
    };
  });
}

function listOf(task: Pick<Task, "when">, loop: Loop, scope: Scope): readonly unknown[] | undefined {
  try {
    return loop.items.resolve(scope);
  } catch (error) {
    if (error instanceof UnsettledValue || task.when.length === 0) throw error;
    // As Ansible does: a list that cannot be made out does not matter to a task that is skipped anyway.
    if (task.when.every((condition) => condition.resolve(scope))) throw error;
    return undefined;
  }
}

function labelOf(loop: Loop, scope: Scope, value: unknown): string {
  const label = loop.label ? loop.label.resolve(scope) : value;
  return typeof label === "string" ? label : JSON.stringify(label);
}

function extended(values: readonly unknown[], index: number): Readonly<Record<string, unknown>> {
  const { length } = values;
  return {
    allitems: values,
    index: index + 1,
    index0: index,
    revindex: length - index,
    revindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
    ...(index > 0 && { previtem: values[index - 1] }),
    ...(index < length - 1 && { nextitem: values[index + 1] }),
  };
}
