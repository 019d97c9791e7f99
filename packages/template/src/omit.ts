import { TemplateObject } from "./python/object.ts";

class Omit extends TemplateObject {
  readonly typeName = "_OmitType";
  override readonly isData = true;

  override toText(): string {
    return "<<Omit>>";
  }
}

/** What `omit` is: a parameter with this value is not given at all. In lists and dicts it drops out. */
export const OMIT: TemplateObject = new Omit();
