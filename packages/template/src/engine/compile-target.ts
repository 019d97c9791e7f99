import { Namespace } from "../globals/namespace.ts";
import { wrongType, wrongValue } from "../python/fault.ts";
import { iterate } from "../python/iterate.ts";
import type { Target } from "../syntax/nodes.ts";
import type { Frame } from "./frame.ts";

export type AssignTo = (frame: Frame, value: unknown) => void;

/** What gives a value to a name, to several at once, or to an attribute of a namespace. */
export function compileTarget(target: Target): AssignTo {
  if (target.typename === "Symbol") {
    const { value: name } = target;
    return (frame, value) => void frame.names.set(name, value);
  }
  if (target.typename === "NamespaceTarget") {
    const { namespace, name } = target;
    return (frame, value) => {
      const object = frame.lookup(namespace);
      if (!(object instanceof Namespace))
        throw wrongType(`${namespace} is no namespace, so ${namespace}.${name} cannot be set`);
      object.set(name, value);
    };
  }
  const parts = target.children.map((each) => compileTarget(each as Target));
  return (frame, value) => {
    const values = [...iterate(frame.render.opened(value))];
    if (values.length !== parts.length) throw wrongCount(values.length, parts.length);
    for (const [index, assign] of parts.entries()) assign(frame, values[index]);
  };
}

function wrongCount(got: number, wanted: number): Error {
  return wrongValue(
    got < wanted
      ? `not enough values to unpack (expected ${wanted}, got ${got})`
      : `too many values to unpack (expected ${wanted})`,
  );
}
