import { Assets } from "./src/assets.js";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node publish-assets.js FOLDER");
new Assets().publish(folder);
