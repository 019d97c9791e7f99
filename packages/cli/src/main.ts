#!/usr/bin/env node
// @ts-expect-error JavaScript
await import("./main.mjs");
