import { TemplateFault } from "./fault.ts";
import { TemplateObject } from "./object.ts";

/** What an inline `if` without `else` gives when it does not hold: it is undefined, and yet prints as nothing. */
class Nothing extends TemplateObject {
  readonly typeName = "Undefined";

  override attribute(): never {
    throw new TemplateFault("undefined", "the condition of an inline if is false, and it has no else");
  }

  override toText(): string {
    return "";
  }
}

export const NOTHING: TemplateObject = new Nothing();
