import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../static", import.meta.url));
const TYPES = { ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml" };

/** Static files under names that change with their content, so that browsers may keep them for ever. */
export class Assets {
  #bySource;
  #byName;

  constructor(folder = FOLDER) {
    const files = readdirSync(folder).filter((name) => extname(name) in TYPES);
    this.#bySource = new Map(files.map((name) => [name, assetOf(folder, name)]));
    this.#byName = new Map([...this.#bySource.values()].map((asset) => [asset.name, asset]));
  }

  url(source) {
    return `/assets/${this.#bySource.get(source).name}`;
  }

  find(name) {
    return this.#byName.get(name);
  }

  /** Copies them for a web server to serve. Removes nothing: pages of an earlier release that are still open find theirs. */
  publish(folder) {
    mkdirSync(folder, { recursive: true });
    for (const { name, content } of this.#byName.values()) {
      // Whoever asks meanwhile gets all of it or, as before, nothing.
      const growing = join(folder, `.${name}.${process.pid}`);
      writeFileSync(growing, content);
      renameSync(growing, join(folder, name));
    }
  }
}

function assetOf(folder, source) {
  const content = readFileSync(join(folder, source));
  const extension = extname(source);
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return { name: `${source.slice(0, -extension.length)}.${digest}${extension}`, content, type: TYPES[extension] };
}
