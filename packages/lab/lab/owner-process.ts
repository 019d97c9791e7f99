// A program of its own: makes a lab with one host, says which, then does as told: `exit`, `throw` or `wait`.
import { createLab } from "../src/index.ts";

const [then, name] = process.argv.slice(2);
const lab = await createLab(name === undefined ? {} : { name });
const host = await lab.addHost({ name: "only" });
process.stdout.write(`${JSON.stringify({ lab: lab.name, address: host.address, container: host.container })}\n`);
if (then === "throw") throw new Error("as told");
if (then === "exit") process.exit(0);
setInterval(() => undefined, 1000);
