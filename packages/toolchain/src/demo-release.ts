import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./demo-host.ts";

/** The example application as somebody has changed it, in a folder that goes with it. */
export class ChangedRelease implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "evenkeel-demo-"));

  constructor() {
    const filter = (path: string) => !path.endsWith("node_modules");
    cpSync(join(root, "examples/foobar-app"), this.folder, { recursive: true, filter });
  }

  /** Another first line on every page. */
  withAnotherHeading(heading: string): this {
    const layout = join(this.folder, "templates/layout.html");
    const text = readFileSync(layout, "utf8");
    writeFileSync(layout, text.replace(/<a class="brand" href="\/">[^<]*</, `<a class="brand" href="/">${heading}<`));
    return this;
  }

  /** A mistake that only shows when it is started. */
  thatDoesNotStart(): this {
    appendFileSync(join(this.folder, "foobar/wsgi.py"), '\nraise RuntimeError("somebody forgot something")\n');
    return this;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
