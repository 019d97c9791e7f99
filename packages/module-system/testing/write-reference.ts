import { writeFileSync } from "node:fs";
import { reference, referencePath } from "./reference.ts";

writeFileSync(referencePath, reference());
