import type { For } from "../syntax/nodes.ts";
import { compileTarget } from "./compile-target.ts";
import type { Execute, Jump } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";
import type { Frame } from "./frame.ts";
import { elementsOf, Loop } from "./loop.ts";
import { Sink } from "./sink.ts";

export function compileFor(node: For, compiler: Compiler): Execute {
  const iterable = compiler.expression(node.arr);
  const assign = compileTarget(node.name);
  const test = node.test === null ? undefined : compiler.expression(node.test);
  const body = compiler.body(node.body);
  const otherwise = node.else_ === null ? undefined : compiler.body(node.else_);
  const at = compiler.at(node.arr);

  /** Elements are tested as late as they are needed, so that a body can decide about later ones. */
  function* selected(elements: Iterable<unknown>, frame: Frame): Generator<unknown> {
    for (const element of elements) {
      const inner = frame.inner();
      assign(inner, element);
      if (test === undefined || frame.render.isTrue(test(inner))) yield element;
    }
  }

  function run(frame: Frame, sink: Sink, value: unknown, depth: number): Jump | undefined {
    const { render } = frame;
    render.at = at;
    const { elements, size } = elementsOf(render.opened(value));
    const recurse = (nested: unknown, level: number) => {
      const printed = new Sink(render);
      render.budget.within(() => run(frame, printed, nested, level));
      return printed.value();
    };
    const loop = new Loop({
      elements: test === undefined ? elements : selected(elements, frame),
      size: test === undefined ? size : undefined,
      depth,
      recurse: node.isRecursive ? recurse : undefined,
    });
    while (loop.advance()) {
      render.step();
      const inner = frame.inner();
      inner.names.set("loop", loop);
      assign(inner, render.reached(loop.current));
      if (body(inner, sink) === "break") return undefined;
    }
    return loop.index < 0 ? otherwise?.(frame.inner(), sink) : undefined;
  }

  return (frame, sink) => run(frame, sink, iterable(frame), 0);
}
