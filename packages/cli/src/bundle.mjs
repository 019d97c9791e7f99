// Not imported: by that Node would load streams and more, which takes as long as all that is done here.
const { readFileSync, statSync } = process.getBuiltinModule("node:fs");
const { fileURLToPath } = process.getBuiltinModule("node:url");

/** Where `npm run setup` puts the command, made into few files: seven hundred of them take half a second to load. */
export const bundleFolder = fileURLToPath(new URL("../bundle", import.meta.url));
const packages = fileURLToPath(new URL("../..", import.meta.url));

/** The bundle's way in; nothing where there is none, or where a file that it was made of is not as it was. */
export function freshBundle() {
  try {
    const files = JSON.parse(readFileSync(`${bundleFolder}/made-of.json`, "utf8"));
    const isAsItWas = ([path, size, changed]) => {
      const now = statSync(packages + path, { throwIfNoEntry: false });
      return now !== undefined && now.size === size && now.mtimeMs === changed;
    };
    return files.every(isAsItWas) ? `${bundleFolder}/program.js` : undefined;
  } catch {
    return undefined;
  }
}
