import type { For } from "../syntax/nodes.ts";
import { everyNode } from "../syntax/walk.ts";
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
  const showsLoop = node.isRecursive || usesLoop(node);

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
    let isComplete = false;
    while (loop.advance()) {
      render.step();
      const inner = frame.inner();
      if (showsLoop) inner.names.set("loop", loop);
      assign(inner, render.reached(loop.current));
      const jump = body(inner, sink);
      if (jump === "break") break;
      if (jump === undefined) isComplete = true;
    }
    return isComplete ? undefined : otherwise?.(frame.inner(), sink);
  }

  return (frame, sink) => run(frame, sink, iterable(frame), 0);
}

/** Templates that a body includes see `loop` only where the body itself speaks of it, as in Jinja2. */
function usesLoop({ body }: For): boolean {
  for (const node of everyNode(body)) {
    const { value, isScoped } = node as { readonly value?: unknown; readonly isScoped?: boolean };
    if (isScoped || (node.typename === "Symbol" && value === "loop")) return true;
  }
  return false;
}
