#!/usr/bin/env node
import { freshBundle } from "./bundle.mjs";

process.getBuiltinModule("node:v8").setFlagsFromString("--semi-space-growth-factor=16");
process.getBuiltinModule("node:module").enableCompileCache();
const isSource = process.getBuiltinModule("node:fs").existsSync(new URL("./program.ts", import.meta.url));
await import(freshBundle() ?? (isSource ? "./program.ts" : "./program.js"));
